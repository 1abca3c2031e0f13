"""A bank of another course: offered, taken, followed, and never written here."""

from dataclasses import replace

import pytest

from accounts.models import AuditRecord
from courses.models import Course, ShareReach
from quizzes import actions as quizzes_actions
from quizzes.bank.stored import content_of
from quizzes.models import BankReference, Question, QuestionBank, QuestionVersion
from studio.actions import change_questions, load_folder, open_draft
from studio.exceptions import EditConflict, QuestionNotEditable
from studio.fetching import draft_of
from studio.questions.bulk import Wanted
from studio.sharing.banks import bank_news, follow_bank, refer_to_bank
from tests.queries import queries_in
from tests.studio.conftest import load_small_course
from tests.studio.course_folders import sound_files, write_folder
from tests.studio.courses.made_here import begin
from tests.studio.folders.sending.test_round_trip import sent_and_back

SHARING = "/studio/surat-dinas-digital/berbagi/"
BANK = "/studio/kursus-kecil/berbagi/"


@pytest.fixture
def by(world):
    return world.people["author"]


@pytest.fixture
def source(course) -> QuestionBank:
    """The bank of the post-test of a published course, shared with everybody."""
    bank = QuestionBank.objects.get(key="kursus-kecil-posttest")
    bank.shared_with = ShareReach.EVERYBODY
    bank.save()
    return bank


@pytest.fixture
def mine(author, world) -> Course:
    """A course that has just begun, with a draft."""
    return begin(author, world.agency.code)


@pytest.fixture
def taken(mine, source, by, now) -> BankReference:
    bank = refer_to_bank(course=mine, source_key=source.key, by=by, now=now)
    return BankReference.objects.get(bank=bank)


def reword(source: QuestionBank, by, now, key: str = "post-1", **over: object) -> None:
    """Let the owner write and publish other words."""
    version = QuestionVersion.objects.get(question__bank=source, question__key=key)
    quizzes_actions.write_question(
        bank=source, content=replace(content_of(version), **over), by=by, now=now
    )
    quizzes_actions.make_ready(course=source.course, by=by, now=now)


def news_of(reference: BankReference):
    return bank_news(reference, draft_of(reference.course))


def test_only_what_is_shared_with_the_unit_is_offered(
    author, mine, course, source, world, by, now
):
    def offered() -> list[str]:
        page = author.get(f"{SHARING}bank/")
        return [offer.key for offer in page.context["offers"].object_list]

    assert offered() == [source.key]
    nothing = author.get(f"{SHARING}bank/?cari=tidak+ada").context["offers"]
    assert not nothing.object_list
    for reach, expected in (
        (ShareReach.NOBODY, []),
        (ShareReach.BELOW, [source.key]),
        (ShareReach.EVERYBODY, [source.key]),
    ):
        page = {"reach": reach, "bank": source.key}
        assert author.post(BANK, page).status_code == 302
        assert offered() == expected, reach
    # A unit that is not below the owner's sees only what everybody may use.
    other = world.other_agency
    quizzes_actions.share_bank(bank_id=source.pk, reach="below", by=by, now=now)
    Course.objects.filter(pk=mine.pk).update(unit=other)
    mine.refresh_from_db()
    with pytest.raises(QuestionNotEditable):
        refer_to_bank(course=mine, source_key=source.key, by=by, now=now)
    assert AuditRecord.objects.filter(verb="quizzes.bank.shared").count() == 4


def test_a_bank_is_taken_as_it_is_published_and_stays_so(
    author, taken, source, by, now
):
    bank = taken.bank
    assert {q.key for q in bank.questions.all()} == {"post-1", "post-2", "post-3"}
    assert all(question.origin_id for question in bank.questions.all())
    version = QuestionVersion.objects.get(question__bank=bank, question__key="post-1")
    # What it tests is said here; the source that it cites came along.
    assert (version.objective_key, version.source_keys) == ("", ["sumber"])
    assert draft_of(taken.course).sources.filter(key="sumber").exists()
    before = version.stem
    # A draft of the owner is nobody else's.
    one = QuestionVersion.objects.get(question__bank=source, question__key="post-1")
    words = replace(content_of(one), stem="Masih ditulis?")
    quizzes_actions.write_question(bank=source, content=words, by=by, now=now)
    assert not news_of(taken).questions
    quizzes_actions.make_ready(course=source.course, by=by, now=now)
    assert [one.content.stem for one in news_of(taken).questions] == ["Masih ditulis?"]
    version.refresh_from_db()
    assert version.stem == before
    # A second press finds the first bank.
    again = refer_to_bank(course=taken.course, source_key=source.key, by=by, now=now)
    assert again == bank
    assert AuditRecord.objects.filter(verb="quizzes.bank.referred").count() == 1
    owner = author.get(BANK).content.decode()
    assert "Dipakai 1 kursus" in owner
    assert taken.course.code in owner
    retire = author.get(
        f"/studio/kursus-kecil/soal/{source.key}/post-1/tarik/"
    ).content.decode()
    assert "Kursus unit lain memakai soal ini" in retire


def test_what_is_newer_is_told_in_words_and_taken_by_one_press(
    author, taken, source, by, now
):
    url = f"{SHARING}bank/{taken.bank.key}/"
    QuestionVersion.objects.filter(question__bank=taken.bank).update(objective_key="t9")
    fresh = BankReference.objects.get(pk=taken.pk)
    reword(source, by, now, stem="Pertanyaan yang diperbaiki?")
    Question.objects.filter(bank=source, key="post-3").update(state="retired")
    page = author.get(url)
    news = page.context["news"]
    assert [one.content.key for one in news.questions] == ["post-1"]
    assert "diperbaiki" in page.content.decode()
    assert [row.question.key for row in news.withdrawn] == ["post-3"]
    assert "Ada versi baru" in author.get(SHARING).content.decode()
    with pytest.raises(EditConflict):
        follow_bank(reference=fresh, seen="lain", by=by, now=now)
    assert author.post(url, {"seen": news.seen}).status_code == 302
    versions = QuestionVersion.objects.filter(question__bank=taken.bank)
    newest = versions.filter(question__key="post-1").latest("number")
    assert newest.stem.strip() == "Pertanyaan yang diperbaiki?"
    # The objective that was chosen here stays.
    assert (newest.state, newest.objective_key) == ("draft", "t9")
    assert not news_of(fresh).questions
    assert AuditRecord.objects.filter(verb="quizzes.bank.followed").count() == 2
    # Shared no more: what is here stays, nothing newer comes.
    quizzes_actions.share_bank(bank_id=source.pk, reach="nobody", by=by, now=now)
    with pytest.raises(QuestionNotEditable):
        follow_bank(reference=fresh, seen=news_of(fresh).seen, by=by, now=now)


def test_its_wordings_are_written_by_their_owner_alone(author, taken, by, now):
    bank, course = taken.bank, taken.course
    edit = f"/studio/{course.key}/soal/{bank.key}/post-1/"
    page = author.get(edit)
    assert not page.context["is_open"]
    assert "Soal bank rujukan ditulis pemiliknya" in page.content.decode()
    offered = author.get(f"/studio/{course.key}/soal/impor/").content.decode()
    assert bank.key not in offered
    question = bank.questions.get(key="post-1")
    objective = draft_of(course).objectives.get().key
    for wanted in (
        Wanted(level="C4"),
        Wanted(objective=objective, level="C4"),
        Wanted(objective=objective),
    ):
        change_questions(
            course=course,
            command="atur",
            wanted=wanted,
            question_ids=[question.pk],
            by=by,
            now=now,
        )
    newest = question.versions.latest("number")
    assert (newest.level, newest.objective_key) == ("C2", objective)


def test_keys_that_are_taken_here_get_another_name(mine, source, by, now):
    own = quizzes_actions.make_bank(
        course=mine, title="Sendiri", use="graded", by=by, now=now
    )
    content = content_of(QuestionVersion.objects.get(question__key="post-2"))
    quizzes_actions.write_question(bank=own, content=content, by=by, now=now)
    bank = refer_to_bank(course=mine, source_key=source.key, by=by, now=now)
    keys = {question.key for question in bank.questions.all()}
    assert keys == {"post-1", "post-2-2", "post-3"}


def test_a_course_with_a_taken_bank_comes_back_as_it_left(world, by, now, tmp_path):
    files = sound_files()
    own = files["course.yaml"].replace("kursus-kecil", "kursus-lain")
    folder = write_folder(tmp_path / "lain", {**files, "course.yaml": own})

    def make() -> Course:
        owner = load_small_course(unit=world.other_agency, now=now)
        banks = QuestionBank.objects.filter(course=owner)
        banks.update(shared_with=ShareReach.EVERYBODY)
        course = load_folder(
            folder, unit=world.agency, by=None, now=now, unchecked=True
        ).course
        open_draft(course=course, by=by, now=now)
        bank = refer_to_bank(
            course=course, source_key="kursus-kecil-posttest", by=by, now=now
        )
        assert [question.key for question in bank.questions.all()] == [
            "post-1-2",
            "post-2-2",
            "post-3-2",
        ]
        return course

    first, second = sent_and_back(make, world.other_agency, by, now)
    assert first == second
    assert b"post-1-2" in first


def test_queries_do_not_grow_with_the_questions(taken, source, by, now):
    news_of(taken)
    few = queries_in(lambda: news_of(taken))
    two = QuestionVersion.objects.get(question__bank=source, question__key="post-2")
    content = content_of(two)
    for number in range(30):
        key = f"lagi-{number}"
        more = replace(content, key=key, stem=f"Tentang {key}?")
        quizzes_actions.write_question(bank=source, content=more, by=by, now=now)
    quizzes_actions.make_ready(course=source.course, by=by, now=now)
    many = queries_in(lambda: news_of(taken))
    assert len(news_of(taken).questions) == 30
    assert many == few
