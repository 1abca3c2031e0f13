"""Pictures and other files of a course folder: what may be stored of them."""

from collections.abc import Callable, Iterable

from lib.findings import Findings
from lib.indonesian import format_bytes
from lib.media import MAX_DRAWING, Media, MediaProblem
from lib.svg import find_svg_problems
from quizzes.questions import PICTURE_PATH, NotAPicture, QuestionContent, path_of
from studio.folders.reading.files import FolderFiles
from studio.folders.reading.question_files import BankFile
from studio.lessons.checking import images_in

ReadMedia = Callable[[bytes], Media]
"""Judges the content of a file. Raises `lib.media.MediaProblem`."""


def read_course_media(
    path: str, data: bytes, findings: Findings, *, read: ReadMedia
) -> Media | None:
    """Return what may be stored of a file; None after reporting what is wrong.

    Its ending must say what it is: another site tells files apart by their names.
    """
    if path.endswith(".svg"):
        return _drawing(path, data, findings)
    try:
        media = read(data)
    except MediaProblem as problem:
        findings.add(path, 1, problem.message, problem.remedy)
        return None
    name, _dot, ending = path.rpartition(".")
    if ending != media.ending:
        findings.add(
            path,
            1,
            f"Isi berkas ini {media.ending.upper()}, namanya .{ending}.",
            f"Ganti namanya menjadi {name}.{media.ending}.",
        )
        return None
    return media


def _drawing(path: str, data: bytes, findings: Findings) -> Media | None:
    """Return a drawing; what is not plain in it is reported by its line."""
    if len(data) > MAX_DRAWING:
        findings.add(
            path,
            1,
            f"Gambar berukuran {format_bytes(len(data))}.",
            f"Sederhanakan sampai {format_bytes(MAX_DRAWING)}.",
        )
        return None
    problems = find_svg_problems(data)
    for problem in problems:
        findings.add(path, problem.line, problem.message, problem.remedy)
    return None if problems else Media("svg", data)


def read_question_pictures(
    files: FolderFiles, banks: Iterable[BankFile], findings: Findings
) -> dict[str, bytes]:
    """Return the pictures of questions by the path that stems write.

    Each must be what its name says, and each that a stem shows must be there.
    """
    found = {}
    for path in files.inside("question-images"):
        data = files.data[path]
        try:
            address = path_of(data)
        except NotAPicture as problem:
            findings.add(path, 1, f"Gambar ini {problem}", "")
            continue
        found[address] = data
        if address.rpartition("/")[2] != path.rpartition("/")[2]:
            findings.add(
                path,
                1,
                "Nama gambar soal ini tidak cocok dengan isinya.",
                "Unduh kursusnya lagi dari situs asal.",
            )
    for bank in banks:
        for question, line in zip(bank.questions, bank.lines, strict=True):
            for path in pictures_of_question(question):
                if path not in found:
                    findings.add(
                        bank.path,
                        line,
                        f"Gambar soal “{question.key}” tidak ikut.",
                        f"Tambahkan question-images/{path.rpartition('/')[2]}.",
                    )
    return found


def pictures_of_question(question: QuestionContent) -> set[str]:
    """Return the paths of the pictures that a question shows."""
    texts = (question.stem, question.feedback)
    named = (image.name for text in texts for image in images_in(text))
    return {name for name in named if PICTURE_PATH.fullmatch(name)}
