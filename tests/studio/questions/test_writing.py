"""The question banks in Studio: looking, writing, withdrawing."""

import pytest

from quizzes.models import PracticeResponse, Question, QuestionVersion, Quiz
from studio.questions.editor.columns import COLUMNS
from studio.questions.editor.rows import OptionRow, add_row
from studio.questions.quality import FEWEST_ANSWERS, quality_of
from tests import factories
from tests.studio.page_forms import formset_fields

LIST = "/studio/kursus-kecil/soal/"
NEW = f"{LIST}baru/"
EDIT = f"{LIST}kursus-kecil-posttest/post-1/"
PRACTICE = f"{LIST}kursus-kecil-practice/cek-1/"


def rows(**columns: list[str]) -> dict[str, object]:
    """Return the rows of a question as the form sends them."""
    said = {
        "key": ["a", "b"],
        "text": ["Benar", "Belum"],
        "feedback": ["Tepat karena ini.", "Belum, karena itu."],
    }
    return formset_fields("baris", **{**said, **columns})


@pytest.fixture
def data(course, draft):
    """Return a function that gives what the form of question post-1 sends."""

    def send(**over: object) -> dict[str, object]:
        version = QuestionVersion.objects.filter(question__key="post-1").latest("pk")
        said: dict[str, object] = {
            "stem": version.stem,
            "objective": "t1",
            "level": "C2",
            "sources": ["sumber"],
            "checked_on": "2026-11-21",
            "base": version.content_hash,
            "right": "a",
            **rows(),
            "command": "save",
        }
        return {**said, **over}

    return send


def keys_on(response) -> list[str]:
    """Return the keys of the rows that a page shows."""
    sections = response.context["page"].sections
    return [row.key for section in sections for row in section.rows]


def states(key: str = "post-1") -> list[tuple[int, str]]:
    return list(
        QuestionVersion.objects.filter(question__key=key)
        .order_by("number")
        .values_list("number", "state")
    )


def test_a_changed_question_is_a_draft_until_the_course_is_published(
    author, data, publish
):
    response = author.post(EDIT, data(stem="Soal yang lebih jelas?"), follow=True)
    assert response.redirect_chain == [(EDIT, 302)]
    assert states() == [(1, "ready"), (2, "draft")]
    assert "Draf baru" in response.text
    publish("wording")
    assert states() == [(1, "ready"), (2, "ready")]


def test_saving_the_same_question_changes_nothing(author, data):
    author.post(EDIT, data())
    assert states() == [(1, "ready")]


def test_two_authors_do_not_overwrite_each_other(author, data):
    mine = data(stem="Tulisan saya?")
    author.post(EDIT, data(stem="Tulisan rekan?"))
    response = author.post(EDIT, mine)
    assert response.status_code == 409
    assert "Tulisan saya?" in response.text
    assert "Tulisan rekan?" in response.text
    latest = QuestionVersion.objects.filter(question__key="post-1").latest("number")
    assert latest.stem == "Tulisan rekan?"
    base = response.context["form"].data["base"]
    assert author.post(EDIT, {**mine, "base": base}).status_code == 302


def test_rows_are_added_and_removed_without_script_and_nothing_is_stored(author, data):
    more = author.post(EDIT, data(command="add", stem="Belum selesai"))
    assert keys_on(more) == ["a", "b", "c"]
    assert "Belum selesai" in more.text
    fewer = author.post(EDIT, data(**{"baris-1-DELETE": "on"}))
    assert keys_on(fewer) == ["a"]
    assert states() == [(1, "ready")]


def test_a_new_option_never_gets_a_key_that_was_used_before(author, data):
    three = rows(
        key=["a", "b", "c"],
        text=["Benar", "Belum", "Lain"],
        feedback=["Ya.", "Belum.", "Lain."],
    )
    author.post(EDIT, data(**three))
    response = author.post(EDIT, data(command="add"))
    assert keys_on(response) == ["a", "b", "d"]


def test_there_are_at_most_eight_options():
    letters = set("bcdefghijklmnopqrstuvwxyz")
    columns = COLUMNS["single_choice"]
    rows = add_row([OptionRow("a")], letters, columns, number=20)
    assert [row.key for row in rows] == ["a", "p1", "p2", "p3", "p4", "p5", "p6", "p7"]


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"stem": " "}, "Pertanyaan masih kosong."),
        ({"stem": "<b>Soal</b>"}, "Tag HTML &lt;b tidak dipakai."),
        ({"stem": "![a](images/alur.svg)"}, "Gambar belum dapat dipakai di soal."),
        ({"right": ""}, "Butuh tepat satu kunci."),
        (rows(text=["Benar", ""]), "Baris ini masih kosong."),
        (rows(feedback=["Ya.", ""]), "Alasannya belum ada."),
        (rows(key=["a", ""]), "Butuh sedikitnya dua pilihan."),
        ({"objective": "t9"}, "t9"),
        ({"level": "C9"}, "C9"),
        ({"sources": ["lain"]}, "lain"),
        ({"checked_on": "kemarin"}, "invalid-feedback"),
    ],
)
def test_bad_input_is_refused_and_what_was_typed_stays(author, data, over, message):
    response = author.post(EDIT, data(**over))
    assert response.status_code == 200
    assert message in response.text
    assert "\nBenar</textarea>" in response.text
    assert states() == [(1, "ready")]


def test_a_new_question_gets_the_next_key_and_stays_out_of_quizzes_until_published(
    author, data, publish, draft
):
    said = data(bank="kursus-kecil-pretest", stem="Soal ketiga?", base="")
    response = author.post(f"{NEW}single_choice/", said, follow=True)
    assert response.status_code == 200
    question = Question.objects.get(bank__key="kursus-kecil-pretest", key="kk-pre-01")
    assert question.state == "draft"
    publish("wording")
    quiz = Quiz.objects.get(grade_item__version=draft, key="pretest")
    assert list(quiz.slots.values_list("question__key", flat=True)) == [
        "pre-1",
        "pre-2",
        "kk-pre-01",
    ]
    assert draft.grade_items.get(key="pretest").summary == "3 soal, sekitar 5 menit."


def test_without_a_draft_questions_are_read_only(author, course):
    page = author.get(EDIT)
    assert "Buka draf" in page.text
    assert "Simpan soal" not in page.text
    response = author.get(f"{NEW}single_choice/", follow=True)
    assert response.redirect_chain == [(LIST, 302)]


def test_a_draft_discarded_meanwhile_refuses_and_keeps_the_text(author, data):
    said = data(stem="Tulisan yang terlambat?")
    author.post("/studio/kursus-kecil/draf/buang/")
    response = author.post(EDIT, said)
    assert response.status_code == 409
    assert "Tulisan yang terlambat?" in response.text
    assert states() == [(1, "ready")]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["post-1", "post-2", "post-3", "cek-1", "pre-1", "pre-2"]),
        ("cari=post-2", ["post-2"]),
        ("cari=Pertanyaan+cek-1", ["cek-1"]),
        ("bank=kursus-kecil-pretest", ["pre-1", "pre-2"]),
        ("bank=lain", ["post-1", "post-2", "post-3", "cek-1", "pre-1", "pre-2"]),
        ("tujuan=t1&tingkat=C2&bank=kursus-kecil-practice", ["cek-1"]),
        ("tingkat=C5", []),
        ("status=draft", []),
        ("status=retired", []),
    ],
)
def test_the_list_finds_questions(author, course, query, keys):
    response = author.get(f"{LIST}?{query}")
    assert [row.key for row in response.context["rows"].object_list] == keys


def test_drafts_are_found_by_their_state(author, data):
    author.post(EDIT, data(stem="Lain?"))
    rows = author.get(f"{LIST}?status=draft").context["rows"].object_list
    assert [(row.key, row.state) for row in rows] == [("post-1", "new_draft")]


def test_a_question_that_is_not_needed_is_withdrawn_after_asking(author, course):
    url = f"{EDIT}tarik/"
    assert "Tarik soal ini?" in author.get(url).text
    assert Question.objects.get(key="post-1").state == "ready"
    response = author.post(url, follow=True)
    assert response.redirect_chain == [(EDIT, 302)]
    assert Question.objects.get(key="post-1").state == "retired"


def test_the_last_questions_of_a_blueprint_stay(author, course):
    author.post(f"{EDIT}tarik/")
    url = f"{LIST}kursus-kecil-posttest/post-2/tarik/"
    assert "perlu 2 soal t1 (C1, C2), yang cocok 1." in author.get(url).text
    author.post(url)
    assert Question.objects.get(key="post-2").state == "ready"


def test_a_fixed_question_and_one_in_a_lesson_stay(author, course):
    fixed = f"{LIST}kursus-kecil-pretest/pre-1/tarik/"
    assert "selalu muncul di kuis yang sedang terbit" in author.get(fixed).text
    author.post(fixed)
    assert Question.objects.get(key="pre-1").state == "ready"
    shown = f"{PRACTICE}tarik/"
    assert "dipakai di pelajaran 1.1" in author.get(shown).text
    author.post(shown)
    assert Question.objects.get(key="cek-1").state == "ready"


def test_discarding_the_draft_discards_wordings_and_new_questions(author, data):
    author.post(EDIT, data(stem="Lain?"))
    author.post(f"{NEW}single_choice/", data(bank="kursus-kecil-posttest", base=""))
    assert Question.objects.filter(key="kk-post-01").exists()
    author.post("/studio/kursus-kecil/draf/buang/")
    assert states() == [(1, "ready")]
    assert not Question.objects.filter(key="kk-post-01").exists()


def test_quality_is_told_from_enough_answers_only(course, world, now):
    version = QuestionVersion.objects.get(question__key="cek-1")
    for number in range(FEWEST_ANSWERS):
        assert quality_of(version).right_percent is None
        PracticeResponse.objects.create(
            person=world.people["learner"],
            question=version.question,
            question_version=version,
            token=f"00000000-0000-0000-0000-00000000000{number}",
            value="a" if number < 4 else "b",
            fraction=1 if number < 4 else 0,
            answered_at=now,
            answered_on=now.date(),
        )
    quality = quality_of(version)
    assert (quality.answered, quality.right_percent) == (5, 80)
    assert [(s.letter, s.percent) for s in quality.shares] == [("A", 80), ("B", 20)]


def test_quality_of_a_graded_question_counts_what_was_handed_in(course, world, now):
    for number in range(FEWEST_ANSWERS):
        person = factories.make_person(unit=world.section, now=now)
        place = factories.enroll(course=course, person=person, now=now)
        factories.sit(
            enrollment=place, quiz_key="pretest", right=2 if number < 3 else 0, now=now
        )
    version = QuestionVersion.objects.get(question__key="pre-1")
    quality = quality_of(version)
    assert (quality.answered, quality.right_percent) == (5, 60)
    assert [share.percent for share in quality.shares] == [60, 40]


def test_others_may_not_write_questions(client_as, client_of, world, data):
    said = data(stem="Bukan saya?")
    assert client_as("reviewer").post(EDIT, said).status_code == 404
    assert client_as("reviewer").get(EDIT).status_code == 200
    assert client_as("reviewer").get(f"{NEW}single_choice/").status_code == 403
    assert client_as("reviewer").post(f"{EDIT}tarik/").status_code == 403
    assert client_as("learner").get(LIST).status_code == 403
    assert states() == [(1, "ready")]
