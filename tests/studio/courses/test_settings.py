"""What a course says of itself: in its draft, and never over a colleague's words."""

from courses.content_types import GlossaryEntry
from courses.selectors.content import version_content
from quizzes.models import Question
from tests.studio.courses.made_here import settings_data

URL = "/studio/kursus-kecil/pengaturan/"


def test_untouched_settings_change_nothing(author, course, draft):
    before = version_content(draft)

    response = author.post(URL, settings_data(author, course))

    assert response.status_code == 302
    assert version_content(draft) == before


def test_everything_is_stored_in_the_draft(author, course, draft):
    said = settings_data(
        author,
        course,
        title="Kursus Besar",
        summary="Ringkas   saja.",
        pillar="aman",
        jp="2",
        digcomp=["1", "4"],
        prerequisites="Punya akun kantor.\n\n  Biasa   memakai surel. \n",
        glossary="Loket: meja  layanan\n\n SPBE :layanan: elektronik",
        plan_title="Kartu",
        plan_source="Satu kebiasaan.",
        plan_minutes="7",
    )

    author.post(URL, said)

    draft.refresh_from_db()
    content = version_content(draft)
    assert (content.title, content.summary, content.pillar) == (
        "Kursus Besar",
        "Ringkas saja.",
        "aman",
    )
    assert (content.jp, content.digcomp) == (2, [1, 4])
    assert content.prerequisites == ("Punya akun kantor.", "Biasa memakai surel.")
    assert content.glossary == (
        GlossaryEntry("Loket", "meja layanan"),
        GlossaryEntry("SPBE", "layanan: elektronik"),
    )
    assert (content.plan_title, content.plan_minutes) == ("Kartu", 7)
    assert version_content(course.current_version).title == "Kursus Kecil"


def test_a_term_without_a_meaning_is_refused_by_its_line(author, course, draft):
    lines = f"Loket: meja\nSPBE\n\nJP: {'x' * 301}\nloket: lagi"
    said = settings_data(author, course, title="Kursus Besar", glossary=lines)

    refused = author.post(URL, said)

    html = refused.content.decode()
    assert "Baris 2: tulis “istilah: artinya”." in html
    assert "Baris 4 terlalu panjang" in html
    assert "Istilah “loket” dijelaskan dua kali" in html
    assert "SPBE" in html
    assert version_content(draft).title == "Kursus Kecil"


def test_objectives_are_added_ordered_and_deleted(author, course, draft):
    said = settings_data(author, course)
    said |= {
        "tujuan-TOTAL_FORMS": "3",
        "tujuan-0-ORDER": "2",
        "tujuan-1-level": "C3",
        "tujuan-1-text": "Menerapkan contoh.",
        "tujuan-1-ORDER": "1",
        "tujuan-2-level": "C4",
        "tujuan-2-text": "",
    }
    author.post(URL, said)
    rows = draft.objectives.values_list("key", "level", "text")
    assert list(rows) == [
        ("t2", "C3", "Menerapkan contoh."),
        ("t1", "C2", "Menjelaskan contoh."),
    ]

    said = settings_data(author, course)
    said["tujuan-1-DELETE"] = "on"
    author.post(URL, said)
    assert list(draft.objectives.values_list("key", flat=True)) == ["t2"]
    # Its questions are told before publishing.
    assert Question.objects.filter(versions__objective_key="t1").exists()


def test_sources_are_added_and_a_key_is_given_once(author, course, draft):
    said = settings_data(author, course)
    row = {
        "sumber-1-key": "perlan",
        "sumber-1-text": "Peraturan LAN 10/2018.",
        "sumber-1-url": "https://contoh.example/perlan",
        "sumber-1-dated_on": "2018",
        "sumber-1-checked_on": "2026-11-21",
    }
    twice = author.post(URL, {**said, **row, "sumber-1-key": "sumber"})
    assert "Kunci ini dipakai dua kali." in twice.text

    author.post(URL, {**said, **row})
    assert set(draft.sources.values_list("key", flat=True)) == {"sumber", "perlan"}


def test_half_a_plan_is_refused_in_words(author, course, draft):
    said = settings_data(author, course, plan_title="", plan_source="Isi.")
    assert "Rencana tindak perlu judul." in author.post(URL, said).text

    said = settings_data(author, course, plan_source="", plan_minutes="5")
    assert "Menitnya sudah diisi" in author.post(URL, said).text


def test_a_stale_form_keeps_what_was_typed_and_names_the_colleague(
    author, client_as, course, draft
):
    mine = settings_data(author, course, title="Judul saya")
    hers = settings_data(client_as("admin"), course, title="Judul rekan")
    client_as("admin").post(URL, hers)

    page = author.post(URL, mine)

    assert page.status_code == 409
    assert "Admin Contoh mengubah draf ini pukul 08.30" in page.text
    assert page.context["form"]["title"].value() == "Judul saya"
    assert page.context["stored"].title == "Judul rekan"
    draft.refresh_from_db()
    assert draft.title == "Judul rekan"

    # Saving once more is a decision.
    again = {**mine, "base": page.context["form"]["base"].value()}
    assert author.post(URL, again).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Judul saya"


def test_without_a_draft_there_is_nothing_to_set(author, course):
    response = author.get(URL)

    assert response["Location"] == "/studio/kursus-kecil/"


def test_learners_read_the_prerequisites(author, client_as, course, draft, publish):
    author.post(URL, settings_data(author, course, prerequisites="Punya akun kantor."))
    publish("wording")

    page = client_as("learner").get("/kursus/kursus-kecil/")

    assert "Punya akun kantor." in page.text
