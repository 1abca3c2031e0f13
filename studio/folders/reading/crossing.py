"""What only several files together can get wrong."""

from collections.abc import Iterable, Mapping, Sequence

from courses.actions.publishing import MINUTES_PER_JP
from courses.models.catalogue import GradeItem
from lib.findings import Findings
from quizzes.selectors import Supply, always_together, shortages
from studio.folders.reading.course_file import BankRow, CourseFile, QuizRow
from studio.folders.reading.grading import QUIZ_BANK_USES
from studio.folders.reading.lesson_files import LessonFile
from studio.folders.reading.places import COURSE_FILE
from studio.folders.reading.question_files import BankFile

PRACTICE_BANK = "practice"


def check_lessons(
    course: CourseFile, lessons: Sequence[LessonFile], findings: Findings
) -> None:
    """Every lesson has its own key and stands in exactly one module."""
    written: set[str] = set()
    for lesson in lessons:
        key = lesson.content.key
        if key and key in written:
            findings.add(
                lesson.path, 1, f"Kunci “{key}” sudah dipakai.", "Pakai kunci lain."
            )
        written.add(key)
    placed: set[str] = set()
    for listed in (key for module in course.modules for key in module.lessons):
        if listed.value not in written:
            findings.add(
                COURSE_FILE,
                listed.line,
                f"Pelajaran “{listed.value}” tidak ada di folder lessons.",
                "Tambahkan berkasnya, atau periksa ejaan kuncinya.",
            )
        elif listed.value in placed:
            findings.add(
                COURSE_FILE,
                listed.line,
                f"Pelajaran “{listed.value}” disebut dua kali.",
                "Sisakan di satu modul.",
            )
        placed.add(listed.value)
    for lesson in lessons:
        if lesson.content.key and lesson.content.key not in placed:
            findings.add(
                lesson.path,
                1,
                f"Pelajaran “{lesson.content.key}” belum masuk modul.",
                "Sebut kuncinya di course.yaml, atau hapus berkas ini.",
            )


def check_banks(
    course: CourseFile, banks: Mapping[str, BankFile], findings: Findings
) -> None:
    """Every quiz finds its bank and its questions there; no key stands twice.

    Each bank serves one quiz, unless course.yaml says itself what its banks are for.
    """
    _check_keys(banks.values(), findings)
    users: dict[str, str] = {} if course.banks else {PRACTICE_BANK: ""}
    _check_declared(course, banks, findings)
    declared = {row.name: row for row in course.banks}
    for quiz in course.quizzes:
        bank = banks.get(quiz.bank)
        if quiz.bank in users and not declared:
            findings.add(
                COURSE_FILE,
                quiz.line,
                f"Bank soal “{quiz.bank}” sudah dipakai.",
                "Beri tiap kuis bank soal sendiri; practice hanya untuk latihan.",
            )
        elif bank is None:
            findings.add(
                COURSE_FILE,
                quiz.line,
                f"Bank soal “{quiz.bank}” tidak ada.",
                f"Tambahkan questions/{quiz.bank}.yaml.",
            )
        else:
            _check_use(quiz, declared.get(quiz.bank), findings)
            _check_filling(quiz, bank, findings)
        users[quiz.bank] = quiz.key
    for name, bank in banks.items():
        if name not in users and name not in declared:
            findings.add(
                bank.path, 1, "Bank soal ini tidak dipakai.", "Sebut di quizzes."
            )


def _check_declared(
    course: CourseFile, banks: Mapping[str, BankFile], findings: Findings
) -> None:
    for row in course.banks:
        if row.name not in banks:
            findings.add(
                COURSE_FILE,
                row.line,
                f"Bank soal “{row.name}” tidak ada.",
                f"Tambahkan questions/{row.name}.yaml.",
            )


def _check_use(quiz: QuizRow, declared: BankRow | None, findings: Findings) -> None:
    wanted = (
        QUIZ_BANK_USES.get(GradeItem.Kind(quiz.purpose))
        if quiz.purpose in QUIZ_BANK_USES
        else None
    )
    if declared and wanted and declared.use != wanted:
        findings.add(
            COURSE_FILE,
            quiz.line,
            f"Bank soal “{quiz.bank}” dipakai untuk {declared.use}, bukan {wanted}.",
            "Pakai bank lain, atau ganti use.",
        )


def _check_keys(banks: Iterable[BankFile], findings: Findings) -> None:
    owners: dict[str, str] = {}
    for bank in banks:
        for question, line in zip(bank.questions, bank.lines, strict=True):
            owner = owners.setdefault(question.key, bank.path)
            if question.key and owner != bank.path:
                findings.add(
                    bank.path,
                    line,
                    f"Kunci soal “{question.key}” sudah dipakai di {owner}.",
                    "Pakai kunci lain.",
                )


def _check_filling(quiz: QuizRow, bank: BankFile, findings: Findings) -> None:
    if not bank.questions:
        findings.add(bank.path, 1, "Bank soal ini kosong.", "Tulis satu soal.")
    supplies = [Supply.of(question) for question in bank.questions]
    named = {row.question for row in quiz.named}
    left = [supply for supply in supplies if supply.key not in named]
    for short in shortages(quiz.drawn, left):
        findings.add(COURSE_FILE, short.row.line, short.words, short.remedy)
    there = {supply.key for supply in supplies}
    for row in quiz.named:
        if row.question not in there:
            findings.add(
                COURSE_FILE,
                row.line,
                f"Soal “{row.question}” tidak ada di bank {quiz.bank}.",
                f"Tambahkan di {bank.path}, atau periksa kuncinya.",
            )
    asked = supplies if not quiz.draw else [one for one in supplies if one.key in named]
    for one, other in always_together(asked):
        findings.add(
            COURSE_FILE,
            quiz.line,
            f"Kuis ini selalu menanyakan keduanya: {one} dan {other} saling menjawab.",
            "Ubah salah satu soalnya dan hapus enemies, atau pakai draw.",
        )


def check_minutes(
    course: CourseFile, lessons: Sequence[LessonFile], findings: Findings
) -> None:
    """All minutes together are the course's JP."""
    if not course.minutes:
        return
    total = sum(course.minutes.values())
    total += sum(lesson.content.minutes for lesson in lessons)
    due = course.jp * MINUTES_PER_JP
    if total != due:
        findings.add(
            COURSE_FILE,
            course.minutes_line,
            f"Jumlah menit {total}, seharusnya {due} "
            f"({course.jp} JP × {MINUTES_PER_JP} menit).",
            "Sesuaikan menit pelajaran, kuis, rencana, atau JP.",
        )
