"""A course that asks a question of every type, and answers to each of them."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from accounts.models import Unit
from courses import actions as courses_actions
from courses.content_types import LessonContent, ModuleContent, PartContent
from courses.models import Course
from quizzes import actions
from quizzes.definition.plans import SlotContent
from quizzes.definition.publishing import QuizContent
from quizzes.models import QuestionBank, Quiz
from quizzes.questions.content import QuestionContent
from tests.factories import GRADE_ITEMS, make_content
from tests.kept_rows import kept
from tests.quizzes.questions.examples import EXAMPLES

TYPES = list(EXAMPLES)
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Answers:
    """What a form says: everything right, and less of it with what that earns.

    `told` stands on the page of reasons after the lesser answer.
    """

    right: Fields
    less: Fields
    worth: Fraction
    told: str


def _at(**places: str) -> Fields:
    return {f"answer-{key.strip('_')}": [said] for key, said in places.items()}


ANSWERS = {
    "single_choice": Answers(
        {"answer": ["telepon"]},
        {"answer": ["kirim"]},
        Fraction(0),
        "Kode OTP membuka akun Anda.",
    ),
    "multiple_response": Answers(
        {"answer": ["nik", "telepon", "alamat"]},
        {"answer": ["nik", "telepon", "topik"]},
        Fraction(1, 6),
        "2 dari 3 yang benar dipilih",
    ),
    "true_false_set": Answers(
        _at(panjang="benar", sama="salah", pengelola="benar", catatan="salah"),
        _at(panjang="benar", sama="salah", pengelola="benar", catatan="benar"),
        Fraction("0.75"),
        "Tamu dan petugas lain tetap dapat membacanya.",
    ),
    "matching": Answers(
        _at(hitung="lembar", banding="lembar", notula="dokumen"),
        _at(hitung="lembar", banding="lembar", notula="salindia"),
        Fraction(2, 3),
        "Dokumen bersama menyimpan suntingan semua orang.",
    ),
    "ordering": Answers(
        _at(putus="1", sandi="2", lapor="3", kabari="4"),
        _at(putus="2", sandi="1", lapor="3", kabari="4"),
        Fraction(5, 6),
        "Setelah penyusup dikeluarkan.",
    ),
    "short_text": Answers(
        {"answer": ["spbe"]},
        {"answer": ["e-government"]},
        Fraction("0.5"),
        "Artinya dekat, tetapi yang diminta singkatan",
    ),
    "numeric": Answers(
        {"answer": ["9,6"]},
        {"answer": ["9,5 pengaduan"]},
        Fraction("0.5"),
        "Jawaban Anda terbaca sebagai 9,5",
    ),
    "situational": Answers(
        {"answer": ["pribadi"]},
        {"answer": ["grup"]},
        Fraction("0.8"),
        "4 dari 5 poin",
    ),
    "gap_select": Answers(
        _at(_1="sepuluh", _2="tujuh", _3="ppid"),
        _at(_1="sepuluh", _2="tujuh", _3="humas"),
        Fraction(2, 3),
        "Humas membantu, PPID menjawab.",
    ),
    "mark_text": Answers(
        {"answer": ["pengirim", "ancaman", "tautan"]},
        {"answer": ["pengirim", "ancaman"]},
        Fraction(2, 3),
        "Terlewat, perlu ditandai",
    ),
    "dialogue": Answers(
        _at(awal="dengar", reda="pastikan"),
        _at(awal="dengar", reda="lihat"),
        Fraction("0.7"),
        "Warga harus mencari sendiri jawabannya.",
    ),
}


@kept
def make_exercises(*, unit: Unit, now: datetime, key: str = "latihan") -> Course:
    """Return a course that asks every type, in this order, without a deadline.

    Its post-test shows the reasons as soon as it was handed in, and its lesson has a
    practice check of every type.
    """
    course = courses_actions.create_course(
        key=key, code=key[:12].upper(), unit=unit, by=None, now=now
    )
    version = courses_actions.write_version(
        course=course, content=make_content(modules=[_lesson()]), by=None, now=now
    )
    for use in (
        QuestionBank.Use.PRETEST,
        QuestionBank.Use.GRADED,
        QuestionBank.Use.PRACTICE,
    ):
        _fill_bank(course, use, now)
    actions.make_ready(course=course, by=None, now=now)
    courses_actions.publish_version(
        version_id=version.pk,
        change="first",
        grade_items=GRADE_ITEMS,
        image_url=lambda course_key, written: f"/{course_key}/{written}",
        by=None,
        now=now,
    )
    uses = {"pretest": "pretest", "posttest": "graded"}
    for item in version.grade_items.all():
        content = _quiz(item.key, f"{course.key}-{uses[item.key]}")
        actions.create_quiz(grade_item=item, content=content)
    Quiz.objects.filter(grade_item__version=version).update(shuffles_questions=False)
    course.refresh_from_db()
    return course


def _lesson() -> ModuleContent:
    checks = "\n\n".join(f"/// cek | {content.key}\n///" for content in _contents())
    part = PartContent("inti", "Inti", f"## Inti {{#inti}}\n\nIsi.\n\n{checks}")
    lesson = LessonContent(
        key="pelajaran-1",
        title="Pelajaran 1",
        minutes=30,
        parts=[PartContent("pembuka", "", "Pembuka."), part],
    )
    return ModuleContent("m1", "Modul satu", [lesson])


def _contents() -> list[QuestionContent]:
    return list(EXAMPLES.values())


def _fill_bank(course: Course, use: str, now: datetime) -> None:
    bank = actions.open_bank(
        key=f"{course.key}-{use}",
        title=use,
        use=use,
        course=course,
        unit=course.unit,
        now=now,
    )
    for content in _contents():
        actions.write_question(bank=bank, content=content, by=None, now=now)


def _quiz(key: str, bank_key: str) -> QuizContent:
    return QuizContent(
        key=key,
        title=key.title(),
        purpose=key,
        bank_key=bank_key,
        slots=[
            SlotContent(content.type.replace("_", "-"), question_key=content.key)
            for content in _contents()
        ],
        review="learn",
        asks_all=True,
    )
