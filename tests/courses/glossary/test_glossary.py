"""Terms are explained where they first stand, below the lesson, and on a page."""

import pytest

from courses.content_types import GlossaryEntry
from courses.glossary.house import HOUSE_ENTRIES
from courses.glossary.lines import (
    LONGEST_MEANING,
    LONGEST_TERM,
    read_entries_of,
    repeated_terms,
    written_entries,
)
from courses.glossary.linking import MOST_IN_A_LESSON, TermLinker
from courses.models import Course
from tests.every_case import every_case
from tests.factories import enroll, make_course
from tests.queries import assert_same_queries

ENTRIES = (
    GlossaryEntry("Data", "fakta"),
    GlossaryEntry("Data induk", "acuan utama"),
    GlossaryEntry("JP", "jam pelajaran"),
    GlossaryEntry("SP4N-LAPOR!", "saluran aduan"),
)
LINK = '<a class="m-term" href="#arti.1">{}</a>'


@every_case(
    ("html", "shown"),
    [
        ("<p>JP dan JP.</p>", f"<p>{LINK.format('JP')} dan JP.</p>"),
        ("<p>(data induk), Data</p>", f"<p>({LINK.format('data induk')}), "),
        ("<p>lewat SP4N-LAPOR!.</p>", f"<p>lewat {LINK.format('SP4N-LAPOR!')}.</p>"),
        ("<p>jp JPG xJP a@JP JP/x basis-data metadata</p>", None),
        ("<h2>JP</h2><p><a href='/JP'>JP</a> <code>JP</code></p>", None),
        ('<p title="JP"><abbr title="x">JP</abbr></p>', None),
    ],
)
def test_a_term_leads_to_its_meaning_where_it_first_stands(html, shown):
    linked = TermLinker(ENTRIES).html(html)
    assert linked.startswith(shown or html)
    assert shown or linked == html


def test_a_lesson_explains_a_few_terms_in_order():
    linker = TermLinker([GlossaryEntry(f"Kata{n}", f"arti {n}") for n in range(30)])
    for number in reversed(range(30)):
        linker.html(f"<p>kata{number}</p>")
    assert len(linker.found) == MOST_IN_A_LESSON
    assert [one.term for one in linker.found][:2] == ["Kata20", "Kata21"]
    assert TermLinker([]).html("<p>JP</p>") == "<p>JP</p>"


def test_the_words_of_the_site_fit_the_rules_for_authors():
    assert not repeated_terms(entry.term for entry in HOUSE_ENTRIES)
    for entry in HOUSE_ENTRIES:
        assert len(entry.term) <= LONGEST_TERM, entry
        assert len(entry.meaning) <= LONGEST_MEANING, entry
    assert read_entries_of(written_entries(HOUSE_ENTRIES)) == HOUSE_ENTRIES


@pytest.fixture
def her(world, learner, client_of, now):
    """Return the browser of somebody whose course explains two terms."""
    glossary = (
        GlossaryEntry("pelajaran", "yang ada <di> dalam"),
        GlossaryEntry("JP", "jam di kursus ini"),
    )
    course = make_course(unit=world.agency, now=now, pool=5, glossary=glossary)
    enroll(course=course, person=learner, now=now)
    return client_of(learner)


def test_a_lesson_lists_what_it_uses_and_says_it_in_the_course_s_words(her):
    html = her.get("/kursus/contoh/pelajaran/pelajaran-1/").content.decode()

    assert html.count('class="m-term" href="#arti.1"') == 1
    assert '<div id="arti.1"><dt>pelajaran</dt><dd>yang ada &lt;di&gt; dalam' in html
    assert "/kursus/contoh/istilah/" in html


def test_the_page_of_all_and_the_page_of_a_course(her):
    def found(url):
        rows = her.get(url).context["page"].rows
        return [row.meaning for row in rows if row.term == "JP"]

    assert "jam di kursus ini" in found("/istilah/?cari=jam")
    assert len(found("/istilah/")) == 2
    # A course's own meaning stands in place of the site's.
    assert found("/kursus/contoh/istilah/?cari=jp") == ["jam di kursus ini"]
    assert "belum ada di sini" in her.get("/istilah/?cari=xyz").content.decode()


def test_the_page_of_all_asks_once_for_any_number_of_courses(her, world, now):
    def grow(rows):
        for _number in range(rows):
            row = Course.objects.get(key="contoh")
            row.pk, row.key = None, f"contoh-{Course.objects.count()}"
            row.save()

    assert_same_queries(her, "/istilah/", grow, few=3, many=300)
