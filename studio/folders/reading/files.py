"""The files of a course folder: which there may be, read without leaving it."""

import os
from dataclasses import dataclass
from pathlib import Path

from lib.findings import Findings

COURSE_FILE = "course.yaml"
SOURCES_FILE = "sources.yaml"
# What each folder may hold, by ending.
PLACES = {"lessons": ".md", "questions": ".yaml", "images": ".svg"}
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
    place, _slash, name = path.rpartition("/")
    if place and not name.endswith(PLACES[place]):
        return (
            f"Folder {place} hanya berisi berkas {PLACES[place]}.",
            "Ubah jenisnya, atau pindahkan berkas ini ke luar.",
        )
    if not place and name not in {COURSE_FILE, SOURCES_FILE, "README.md"}:
        return "Berkas ini tidak dikenal.", "Pindahkan ke luar folder kursus."
    if entry.stat(follow_symlinks=False).st_size > MAX_FILE_BYTES:
        return (
            "Berkas ini terlalu besar.",
            f"Pakai paling besar {MAX_FILE_BYTES // 1000} KB.",
        )
    return None
