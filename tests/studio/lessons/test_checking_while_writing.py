"""What the page says of a text while it is typed: nothing is stored."""

from studio.publishing.lesson_quality import find_lesson_faults
from studio.publishing.readiness import find_obstacles

URL = "/studio/kursus-kecil/pelajaran/satu/"
CHECK, ADVICE = f"{URL}periksa/", f"{URL}saran/"


def test_a_sound_text_is_drawn_and_measured(author, draft):
    said = author.post(CHECK, {"text": "Pembuka.\r\n\r\n## Baru\r\n\r\nIsi."}).json()
    assert "<p>Isi.</p>" in said["preview"]
    assert "kata · ±1 menit" in said["size"]
    assert (said["problems"], said["rows"]) == ("", [])


def test_problems_and_advice_stand_at_their_lines(author, draft):
    text = "Pembuka!\n\n[x](#tidak-ada)\n\n/// kasus | Belum ditutup"
    said = author.post(CHECK, {"text": text}).json()
    assert (5, "error") in [(line, kind) for line, kind, _words in said["rows"]]
    assert said["preview"] == ""
    advised = author.post(ADVICE, {"text": text}).json()
    kinds = [(line, kind) for line, kind, _words in advised["rows"]]
    assert (1, "warning") in kinds
    assert "Tanda seru tidak dipakai." in advised["advice"]
    dead = [words for line, _kind, words in advised["rows"] if line == 3]
    assert any("Tautan #tidak-ada buntu" in words for words in dead)


def test_a_reviewer_may_ask_and_nothing_is_stored(client_as, draft):
    before = draft.lessons.get(key="satu").parts.count()
    response = client_as("reviewer").post(CHECK, {"text": "Kata lain."})
    assert response.status_code == 200
    assert draft.lessons.get(key="satu").parts.count() == before


def test_other_lessons_are_read_only_for_a_link(
    course, draft, django_assert_num_queries
):
    lesson = draft.lessons.get(key="satu")
    with django_assert_num_queries(0):
        find_lesson_faults(course, draft, lesson, "Tanpa tautan.")
    text = (
        "[ada](/kursus/kursus-kecil/pelajaran/dua/#inti)\n\n"
        "[tidak ada](/kursus/kursus-kecil/pelajaran/tiga/)\n"
    )
    with django_assert_num_queries(2):
        found = find_lesson_faults(course, draft, lesson, text)
    dead = [problem.line for problem in found if "buntu" in problem.message]
    assert dead == [3]


def test_a_dead_link_keeps_a_draft_from_being_published(
    author, course, draft, lesson_data
):
    text = "Pembuka.\n\n[lihat](/kursus/kursus-kecil/pelajaran/tiga/)\n"
    author.post(URL, lesson_data(text=text))
    found = [row for row in find_obstacles(course, draft) if "buntu" in row.message]
    assert [(row.lesson_key, row.line) for row in found] == [("satu", 3)]


def test_only_the_page_of_a_lesson_lets_its_script_make_a_style_sheet(author, draft):
    page = author.get(URL)
    nonce = page.context["nonce"]
    assert f"style-src 'self' 'nonce-{nonce}'" in page["Content-Security-Policy"]
    assert f'nonce="{nonce}"' in page.text
    assert nonce != author.get(URL).context["nonce"]
    assert "nonce" not in author.get("/studio/")["Content-Security-Policy"]
