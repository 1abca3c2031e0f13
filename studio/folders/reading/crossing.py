"""What only several files together can get wrong."""

from collections.abc import Iterable, Mapping, Sequence

from courses.actions.publishing import MINUTES_PER_JP
from lib.findings import Findings
from studio.folders.reading.course_file import CourseFile, QuizRow
from studio.folders.reading.files import COURSE_FILE
from studio.folders.reading.lesson_files import LessonFile
from studio.folders.reading.question_files import BankFile
from studio.quizzes.blueprint import Supply, shortages

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
    """Each bank serves one quiz and can fill it; question keys differ everywhere."""
    _check_keys(banks.values(), findings)
    users: dict[str, str] = {PRACTICE_BANK: ""}
    for quiz in course.quizzes:
        bank = banks.get(quiz.bank)
        if quiz.bank in users:
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
            _check_filling(quiz, bank, findings)
        users[quiz.bank] = quiz.key
    for name, bank in banks.items():
        if name not in users:
            findings.add(
                bank.path, 1, "Bank soal ini tidak dipakai.", "Sebut di quizzes."
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
    supplies = [
        Supply(question.key, question.objective_key, question.level)
        for question in bank.questions
    ]
    for row, fitting in shortages(quiz.draw, supplies):
        findings.add(
            COURSE_FILE,
            row.line,
            f"Kisi-kisi butuh {row.count} soal {row.objective} "
            f"({', '.join(row.levels)}), yang cocok {fitting}.",
            f"Tambah soal di {bank.path}, atau kurangi count.",
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
