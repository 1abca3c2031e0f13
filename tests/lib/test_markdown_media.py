"""Photographs, files, sound and films in a lesson, and what is said of their size."""

import pytest

from lib.markdown import MarkdownProblem, ShownFile, find_problems, render

PHOTO = ShownFile(
    digest="f" * 64,
    address="/berkas/b.webp",
    ending="jpg",
    size=24_000,
    width=960,
    height=640,
    srcset="/berkas/a.webp 480w, /berkas/b.webp 960w",
)
FILES = {
    "images/foto.jpg": PHOTO,
    "images/alur.svg": ShownFile("0" * 64, "/gambar/0.svg", "svg", 900),
    "files/panduan.pdf": ShownFile("1" * 64, "/berkas/1.pdf", "pdf", 1_234_567),
    "files/sapa.mp3": ShownFile("2" * 64, "/berkas/2.mp3", "mp3", 2_100_000),
    "files/kunci.mp4": ShownFile("3" * 64, "/berkas/3.mp4", "mp4", 9_000_000),
}


def html(text: str) -> str:
    return render(text, citations={}, image_url=FILES.__getitem__).html


def messages(text: str) -> list[str]:
    return [problem.message for problem in find_problems(text)]


def test_a_photograph_waits_to_be_asked_for_and_comes_in_its_sizes():
    page = html('![Loket](images/foto.jpg "Loket pagi")')
    assert "<summary>Lihat gambar (24 KB)</summary>" in page
    assert 'srcset="/berkas/a.webp 480w, /berkas/b.webp 960w"' in page
    assert 'loading="lazy"' in page
    assert page.index("</details>") < page.index("<figcaption>Loket pagi")


def test_a_small_drawing_is_shown_at_once():
    page = html("![Alur](images/alur.svg)")
    assert "<details" not in page
    assert 'src="/gambar/0.svg"' in page


def test_a_link_to_a_file_says_what_it_is_and_weighs():
    assert html("Baca [Panduan *loket*](files/panduan.pdf).") == (
        '<p>Baca <a href="/berkas/1.pdf">Panduan <em>loket</em> (PDF, 1,2 MB)</a>.</p>'
    )


def test_sound_and_films_say_their_size_and_bring_their_words():
    page = html(
        "/// audio | Sapa warga | files/sapa.mp3\nPetugas: *Pagi.*\n///\n\n"
        "/// video | Kunci layar | files/kunci.mp4\nTangan mengetuk layar.\n///"
    )
    assert 'preload="none" src="/berkas/2.mp3"' in page
    assert "MP3, 2,1 MB" in page
    assert "MP4, 9 MB" in page
    assert page.count("<summary>Transkrip</summary>") == 2
    assert "<em>Pagi.</em>" in page


def test_a_film_of_another_site_is_a_link_until_somebody_presses():
    page = html("/// video | Layar | https://youtu.be/abcdefghijk | 5 menit\nIsi.\n///")
    assert "<iframe" not in page
    assert 'data-embed="https://www.youtube-nocookie.com/embed/abcdefghijk"' in page
    assert 'href="https://youtu.be/abcdefghijk" rel="noopener noreferrer"' in page
    assert "5 menit, sekitar 25 MB. Dimuat dari YouTube setelah Anda menekan." in page


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("/// audio | Sapa | files/a.mp3\n///", "belum punya transkrip"),
        ("/// audio | Sapa | files/a.mp4\nIsi\n///", "bukan audio"),
        ("/// video | Sapa\nIsi\n///", "belum menyebut judul dan berkasnya"),
        ("/// video | A | https://x.example/a | 5 menit\nIsi\n///", "tidak dapat"),
        ("/// video | A | https://youtu.be/abcdefghijk\nIsi\n///", "Lama videonya"),
        ("/// audio | A | https://youtu.be/abcdefghijk | 5 menit\nI\n///", "tidak"),
        ("1. a\n\n    /// audio | A | files/a.mp3\n    I\n    ///", "di dalam daftar"),
    ],
)
def test_a_recording_that_cannot_be_played_or_read_is_a_problem(text, message):
    assert any(message in said for said in messages(text)), messages(text)


@pytest.mark.parametrize(
    "text",
    [
        "[a](files/hilang.pdf)",
        "![a](images/hilang.png)",
        "/// audio | A | files/hilang.mp3\nIsi\n///",
    ],
)
def test_a_file_that_is_not_there_is_named_with_its_line(text):
    with pytest.raises(MarkdownProblem, match="hilang") as told:
        html(f"Satu.\n\n{text}")
    assert told.value.line == 3


def test_nobody_writes_sizes_or_players_by_hand():
    assert find_problems('<video src="https://x.example/a.mp4" autoplay></video>')
    with pytest.raises(MarkdownProblem):
        html('![a](images/alur.svg "x" srcset=evil)')
