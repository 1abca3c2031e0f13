"""Every page of a part can be reached from each of its pages, on a phone too."""

import re

import pytest

HR_PAGES = [
    "/sdm/",
    "/sdm/penyelesaian/",
    "/sdm/laporan/",
    "/sdm/kelonggaran/",
    "/sdm/unduhan/",
]
# One step further: the list of reports leads there.
REPORTS = [
    "/sdm/peningkatan/",
    "/sdm/daya-ingat/",
    "/sdm/siasn/",
    "/sdm/laporan/nilai/",
]


def test_the_list_of_reports_leads_to_every_report(client_as):
    page = client_as("hr").get("/sdm/laporan/").content.decode()

    assert [path for path in REPORTS if f'href="{path}"' not in page] == []


@pytest.mark.parametrize("path", [*HR_PAGES, *REPORTS])
def test_hr_reaches_every_page_from_below_this_one(client_as, path):
    html = client_as("hr").get(path).content.decode()

    bar = _links(html, "m-bottom-nav")
    others = _links(html, "m-other-pages")
    assert len(bar) == 5
    assert "#halaman-lain" in bar
    assert 'id="halaman-lain"' in html
    assert {*HR_PAGES, "/sdm/impor/"} <= {*bar, *others}
    assert not set(bar) & set(others)


def test_the_bar_says_that_this_page_is_one_of_the_others(client_as):
    def bar(path: str) -> str:
        html = client_as("hr").get(path).content.decode()
        return html.partition('class="m-bottom-nav"')[2].partition("</nav>")[0]

    assert 'href="#halaman-lain" aria-current="true"' in bar("/sdm/kelonggaran/")
    assert 'href="#halaman-lain">' in bar("/sdm/penyelesaian/")


def test_where_the_bar_holds_every_page_there_is_no_list_of_others(client_as):
    html = client_as("author").get("/studio/").content.decode()

    assert "halaman-lain" not in html


def _links(html: str, name: str) -> list[str]:
    found = re.search(rf'<nav class="[^"]*{name}".*?</nav>', html, re.DOTALL)
    assert found is not None
    return re.findall(r'<a [^>]*href="([^"]+)"', found[0])
