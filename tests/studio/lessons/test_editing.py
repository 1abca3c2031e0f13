"""Writing a lesson in Studio."""

from accounts.models import AuditRecord
from courses.selectors.content import lesson_content
from studio.drafts.fingerprints import lesson_fingerprint
from studio.fetching import get_lesson

URL = "/studio/kursus-kecil/pelajaran/satu/"


def text_of(draft) -> str:
    parts = get_lesson(draft, "satu").parts.all()
    return "\n\n".join(part.source for part in parts)


def test_saving_stores_the_words_and_says_so(author, draft, lesson_data):
    data = lesson_data(title="Judul baru", minutes=15, text="Kata baru.\n")
    response = author.post(URL, data, follow=True)
    assert response.redirect_chain == [(URL, 302)]
    assert "Tersimpan pukul" in response.text
    lesson = get_lesson(draft, "satu")
    assert (lesson.title, text_of(draft)) == ("Judul baru", "Kata baru.")
    assert AuditRecord.objects.filter(verb="courses.lesson.written").count() == 1


def test_saving_the_same_words_changes_nothing(author, draft, lesson_data):
    author.post(URL, lesson_data())
    assert not AuditRecord.objects.filter(verb="courses.lesson.written").exists()


def test_a_heading_without_a_key_gets_one_and_keeps_it(author, draft, lesson_data):
    author.post(URL, lesson_data(text="Buka.\n\n## Apa yang baru?\n\nIsi.\n"))
    assert "## Apa yang baru? {#apa-yang-baru}" in text_of(draft)
    author.post(URL, lesson_data(text="Buka.\n\n## Apa yang baru?\n\nIsi lain.\n"))
    part = get_lesson(draft, "satu").parts.get(key="apa-yang-baru")
    assert part.source.endswith("Isi lain.")


def test_an_unfinished_text_is_kept_and_its_problem_shown(author, draft, lesson_data):
    unfinished = "Buka.\n\n/// kasus | Judul\nBelum selesai."
    response = author.post(URL, lesson_data(text=unfinished), follow=True)
    assert text_of(draft) == unfinished
    assert "Blok kasus belum ditutup." in response.text
    assert 'data-line="3"' in response.text


def test_two_authors_do_not_overwrite_each_other(author, draft, lesson_data):
    mine = lesson_data(text="Tulisan saya.")
    author.post(URL, lesson_data(text="Tulisan rekan."))
    response = author.post(URL, mine)
    assert response.status_code == 409
    assert "sudah diubah Anda sendiri pada" in response.text
    assert "Tulisan saya." in response.text
    assert "Tulisan rekan." in response.text
    assert text_of(draft) == "Tulisan rekan."
    base = response.context["form"].data["base"]
    assert author.post(URL, {**mine, "base": base}).status_code == 302
    assert text_of(draft) == "Tulisan saya."


def test_the_preview_needs_no_script_and_stores_nothing(author, draft, lesson_data):
    before = text_of(draft)
    typed = "Kata percobaan.\n\n/// cek | cek-1\n///\n"
    response = author.post(URL, lesson_data(text=typed, command="preview", title=""))
    assert response.status_code == 200
    assert "<p>Kata percobaan.</p>" in response.text
    assert "Pertanyaan cek-1?" in response.text
    assert response.text.count("Kata percobaan.") == 2
    assert text_of(draft) == before


def test_the_preview_shows_size_and_pictures(author, draft):
    response = author.get(URL)
    assert "kata · ±1 menit" in response.text
    assert 'src="/gambar/' in response.text


def test_hostile_text_does_nothing_in_the_preview(author, draft, lesson_data):
    typed = "<script>alert(1)</script>\n\n[x](javascript:alert(1))\n"
    response = author.post(URL, lesson_data(text=typed, command="preview"))
    assert "<script>alert" not in response.text
    assert 'href="javascript' not in response.text
    assert "Tag HTML &lt;script tidak dipakai." in response.text


def test_bad_fields_are_refused_and_what_was_typed_stays(author, draft, lesson_data):
    data = lesson_data(title="", minutes=0, text="Kata saya.")
    response = author.post(URL, data)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"title", "minutes"}
    assert "Kata saya." in response.text
    assert "Kata saya." not in text_of(draft)


def test_too_long_a_text_is_refused(author, draft, lesson_data):
    response = author.post(URL, lesson_data(text="a" * 60_001))
    assert response.context["form"].errors.keys() == {"text"}


def test_without_a_draft_the_lesson_is_read_only(author, course):
    response = author.get(URL)
    assert "Buka draf" in response.text
    assert 'name="text"' not in response.text
    opened = author.post(f"/studio/{course.key}/draf/", {"lesson": "satu"}, follow=True)
    assert opened.redirect_chain == [(URL, 302)]
    assert 'name="text"' in opened.text


def test_a_draft_that_was_published_meanwhile_refuses_and_keeps_the_text(
    author, draft, lesson_data, publish
):
    data = lesson_data(text="Tulisan yang terlambat.")
    assert publish("wording").status_code == 302
    response = author.post(URL, data)
    assert response.status_code == 409
    assert "Tulisan yang terlambat." in response.text
    assert "sudah terbit" in response.text


def test_a_reviewer_reads_and_previews_but_does_not_write(
    client_as, draft, lesson_data
):
    reviewer = client_as("reviewer")
    page = reviewer.get(URL)
    assert page.status_code == 200
    assert 'name="text"' not in page.text
    assert "Buka draf" not in page.text
    assert reviewer.get(f"{URL}pratinjau/").status_code == 200
    assert reviewer.post(URL, lesson_data(text="Bukan saya.")).status_code == 404
    assert "Bukan saya." not in text_of(draft)


def test_the_full_preview_shows_the_draft_as_a_learner_sees_it(
    author, draft, lesson_data
):
    author.post(URL, lesson_data(title="Judul baru", text="Kata draf."))
    response = author.get(f"{URL}pratinjau/")
    assert "<h1>Judul baru</h1>" in response.text
    assert "<p>Kata draf.</p>" in response.text
    assert "/pelajaran/dua/pratinjau/" in response.text


def test_a_lesson_that_is_not_there_is_404(author, draft):
    assert author.get("/studio/kursus-kecil/pelajaran/tiga/").status_code == 404


def test_the_fingerprint_moves_with_every_word(draft):
    lesson = get_lesson(draft, "satu")
    before = lesson_fingerprint(lesson_content(lesson))
    lesson.summary = "Lain."
    assert lesson_fingerprint(lesson_content(lesson)) != before
