"""A course folder as one ZIP, out and in; what comes in is hostile until it is read.

Members are stored, not compressed: pictures are compressed already, and another
version of zlib would give the same course other bytes.
"""

import stat
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings

from lib.archives import ArchiveProblem, check_member
from lib.findings import Findings
from lib.indonesian import format_bytes
from studio.folders.reading.files import (
    MAX_FILES,
    FolderFiles,
    size_problem,
    with_needed,
)
from studio.folders.reading.places import COURSE_FILE, place_problem
from studio.folders.reading.problems import FolderRefused

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644
# Folders, and what systems and people leave beside a course.
_MOST_MEMBERS = 2 * MAX_FILES
_MOST_FILES = f"Pakai paling banyak {MAX_FILES} berkas."
_KNOWN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def pack(files: Mapping[str, bytes], folder: str, target: IO[bytes]) -> None:
    """Write the files into a ZIP, in a folder of this name.

    The same files give the same bytes, wherever and whenever.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path, data in sorted(files.items()):
            member = zipfile.ZipInfo(f"{folder}/{path}", _FIRST_DAY)
            member.external_attr = _PLAIN_FILE << 16
            # Otherwise it tells the system that packed it.
            member.create_system = 3
            archive.writestr(member, data)


def unpack(content: IO[bytes]) -> FolderFiles:
    """Return the files of a course from a ZIP, before anything of them is believed.

    Raises FolderRefused with every problem: paths that leave the folder, links, locked
    members, too many or too large ones, and what belongs to no course.
    """
    findings = Findings()
    data: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(content) as archive:
            members = _members(archive, findings)
            _check_sizes(members, findings)
            if not findings.problems:
                data = _read(archive, members, findings)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        _refuse_archive(
            findings, "Ini bukan ZIP yang utuh.", "Unduh lagi dari situs asal."
        )
    if findings.problems:
        raise FolderRefused(findings.in_order())
    files = with_needed(dict(sorted(data.items())), findings)
    if findings.problems:
        raise FolderRefused(findings.in_order())
    return files


def _members(
    archive: zipfile.ZipFile, findings: Findings
) -> dict[str, zipfile.ZipInfo]:
    """Return the members by their paths in the course folder; none with a problem."""
    entries = archive.infolist()
    if len(entries) > _MOST_MEMBERS:
        _refuse_archive(findings, f"ZIP ini berisi {len(entries)} berkas.", _MOST_FILES)
        return {}
    wanted = [entry for entry in entries if not _is_beside(entry)]
    for entry in wanted:
        if problem := _member_problem(entry):
            findings.add(_shown(entry.filename), 1, *problem)
    root = None if findings.problems else _root(entry.filename for entry in wanted)
    if root is None:
        _report_no_course(findings)
        return {}
    return _placed(wanted, root, findings)


def _placed(
    entries: Iterable[zipfile.ZipInfo], root: str, findings: Findings
) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        path = entry.filename.removeprefix(root)
        problem = place_problem(path)
        if path in found:
            problem = "Nama ini ada dua kali.", "Sisakan satu."
        if problem:
            findings.add(_shown(path), 1, *problem)
        found[path] = entry
    if len(found) > MAX_FILES:
        _refuse_archive(findings, f"ZIP ini berisi {len(found)} berkas.", _MOST_FILES)
    return found


def _report_no_course(findings: Findings) -> None:
    """Say that no course is there, unless something worse was said."""
    if not findings.problems:
        findings.add(
            COURSE_FILE,
            1,
            "Di ZIP ini tidak ada course.yaml.",
            "Pakai ZIP dari “Unduh kursus”, atau folder kursus yang dimampatkan.",
        )


def _refuse_archive(findings: Findings, message: str, remedy: str) -> None:
    findings.add("berkas ZIP", 1, message, remedy)


def _is_beside(entry: zipfile.ZipInfo) -> bool:
    """Whether it is a folder, or what a system leaves beside files."""
    parts = PurePosixPath(entry.filename).parts
    hidden = any(part.startswith(".") and part != ".." for part in parts)
    return entry.is_dir() or "__MACOSX" in parts or hidden


def _member_problem(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    try:
        check_member(entry)
    except ArchiveProblem as problem:
        return problem.message, problem.remedy
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        return "Ini bukan berkas biasa.", "Salin berkas aslinya ke sini."
    if entry.compress_type not in _KNOWN_METHODS:
        return "Cara pemampatannya tidak dikenal.", "Mampatkan ulang sebagai ZIP biasa."
    return None


def _root(names: Iterable[str]) -> str | None:
    """Return the folder of course.yaml with its slash; None where there is none."""
    paths = [PurePosixPath(name) for name in names]
    found = [
        str(path).removesuffix(COURSE_FILE)
        for path in paths
        if path.name == COURSE_FILE and len(path.parts) <= 2
    ]
    return min(found, key=len) if found else None


def _check_sizes(members: Mapping[str, zipfile.ZipInfo], findings: Findings) -> None:
    for path, entry in members.items():
        problem = size_problem(path, entry.file_size)
        if problem:
            findings.add(path, 1, *problem)
    most = settings.ELEARNING_COURSE_FILES_BYTES
    total = sum(entry.file_size for entry in members.values())
    if total > most:
        _refuse_archive(
            findings,
            f"Isi ZIP ini {format_bytes(total)} setelah dibuka.",
            f"Pakai paling besar {format_bytes(most)}.",
        )


def _read(
    archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], findings: Findings
) -> dict[str, bytes]:
    """Read the members; no more of each than its head says."""
    data = {}
    for path, entry in members.items():
        with archive.open(entry) as member:
            content = member.read(entry.file_size + 1)
        if len(content) != entry.file_size:
            findings.add(
                path,
                1,
                "Ukuran berkas ini lain dari yang tertulis.",
                "Mampatkan ulang folder kursusnya.",
            )
        data[path] = content
    return data


def _shown(name: str) -> str:
    return name[:120].encode("ascii", "backslashreplace").decode()
