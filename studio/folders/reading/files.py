"""The files of a course folder: which there may be, read without leaving it."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from lib.findings import Findings
from lib.indonesian import format_bytes
from quizzes.questions import MAX_PICTURE
from studio.folders.reading.places import (
    COURSE_FILE,
    PLACES,
    SOURCES_FILE,
    place_problem,
)

MAX_FILE_BYTES = 300_000
MAX_FILES = 500


@dataclass(frozen=True)
class FolderFiles:
    """The bytes of every file by its path inside the folder, in order."""

    data: dict[str, bytes]

    def inside(self, place: str) -> list[str]:
        """Return the paths of the files in one of the folders."""
        return [path for path in self.data if path.startswith(f"{place}/")]

    def text(self, path: str, findings: Findings) -> str | None:
        """Return a file as text with plain line ends; None after reporting why not."""
        data = self.data.get(path)
        if data is None:
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            findings.add(
                path,
                data.count(b"\n", 0, error.start) + 1,
                "Berkas ini bukan teks UTF-8.",
                "Simpan ulang dengan pengodean UTF-8.",
            )
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")


def read_files(folder: Path, findings: Findings) -> FolderFiles:
    """Read the folder. Links, foreign files and files that are too large are
    reported and not read; names that begin with a dot are passed over.
    """
    data: dict[str, bytes] = {}
    if not folder.is_dir():
        findings.add(".", 1, "Folder kursus tidak ditemukan.", "Periksa alamatnya.")
        return FolderFiles(data)
    for path, entry in _walk(folder, findings):
        problem = _problem_with(path, entry)
        if len(data) >= MAX_FILES:
            findings.add(
                path,
                1,
                "Folder ini berisi terlalu banyak berkas.",
                f"Pakai paling banyak {MAX_FILES} berkas.",
            )
            break
        if problem:
            findings.add(path, 1, *problem)
        else:
            data[path] = Path(entry.path).read_bytes()
    return with_needed(data, findings)


def with_needed(data: dict[str, bytes], findings: Findings) -> FolderFiles:
    """Return the files of a folder, after reporting those that it lacks."""
    for needed in (COURSE_FILE, SOURCES_FILE):
        if needed not in data:
            findings.add(
                needed, 1, f"Berkas {needed} belum ada.", "Buat di folder kursus."
            )
    return FolderFiles(data)


def _walk(folder: Path, findings: Findings) -> "list[tuple[str, os.DirEntry[str]]]":
    """Return files with their paths inside the folder, one level deep, no links."""
    found: list[tuple[str, os.DirEntry[str]]] = []
    for entry in _entries(folder):
        if entry.is_symlink() or not entry.is_dir(follow_symlinks=False):
            found.append((entry.name, entry))
        elif entry.name in PLACES:
            found += [(f"{entry.name}/{e.name}", e) for e in _entries(entry.path)]
        else:
            findings.add(
                entry.name,
                1,
                "Folder ini tidak dikenal.",
                f"Pakai hanya {', '.join(PLACES)}.",
            )
    return found


def _entries(folder: Path | str) -> "list[os.DirEntry[str]]":
    with os.scandir(folder) as entries:
        return sorted(
            (entry for entry in entries if not entry.name.startswith(".")),
            key=lambda entry: entry.name,
        )


def _problem_with(path: str, entry: "os.DirEntry[str]") -> tuple[str, str] | None:
    if entry.is_symlink():
        return "Tautan ke berkas lain tidak dipakai.", "Salin berkas aslinya ke sini."
    if not entry.is_file(follow_symlinks=False):
        return "Ini bukan berkas biasa.", "Hapus dari folder kursus."
    return place_problem(path) or size_problem(
        path, entry.stat(follow_symlinks=False).st_size
    )


def size_problem(path: str, size: int) -> tuple[str, str] | None:
    """Return that a file is too large for where it lies, and the remedy."""
    most = _largest(path.rpartition("/")[0])
    if size > most:
        return "Berkas ini terlalu besar.", f"Pakai paling besar {format_bytes(most)}."
    return None


def _largest(place: str) -> int:
    if place == "images":
        return int(settings.ELEARNING_PICTURE_BYTES)
    if place == "files":
        return int(settings.ELEARNING_MEDIA_BYTES)
    return MAX_PICTURE if place == "question-images" else MAX_FILE_BYTES
