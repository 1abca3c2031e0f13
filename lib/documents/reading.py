"""Word documents that people upload: hostile until they have been read."""

import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from lib.archives import ArchiveProblem, check_archive
from lib.documents.blocks import Document, block_of
from lib.documents.problems import DocumentProblem

MAX_DOCUMENT_BYTES = 10_000_000
_MOST_UNPACKED = 100_000_000
_MOST_MEMBERS = 1_000

_CHILD = Path(__file__).with_name("docx_child.py")
_CHILD_MEMORY = 800_000_000
_CHILD_SECONDS = 30
_CHILD_OUTPUT = 100_000_000
_CHILD_PATIENCE = 90
_CHILD_ENVIRONMENT = ("TMPDIR", "PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")

_OLE = b"\xd0\xcf\x11\xe0"
_MAIN = "word/document.xml"
_SAVE_AS_DOCX = "Buka di Word, simpan sebagai Dokumen Word (.docx), lalu unggah."


def read_document(data: bytes) -> Document:
    """Return the paragraphs, tables and pictures of a .docx.

    Insertions under review are read, deletions are not; both, and everything else that
    is no plain text, stand in `found` of their paragraph. Hidden text is not read.

    Raises DocumentProblem for what cannot be read whole: too large, locked, an older
    .doc, no document, a bomb. It is read in a process of its own with bounded memory,
    so that a hostile one cannot take the caller down.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        raise DocumentProblem(
            "Dokumen lebih besar dari 10 MB.",
            "Perkecil gambarnya, atau bagi menjadi beberapa dokumen.",
        )
    if data.startswith(_OLE):
        raise DocumentProblem(
            "Dokumen ini dikunci dengan kata sandi, atau berformat Word lama (.doc).",
            f"Hapus kata sandinya. {_SAVE_AS_DOCX}",
        )
    with tempfile.TemporaryFile() as copy:
        copy.write(data)
        copy.seek(0)
        _check(copy)
        said = _read(copy)
    pictures = {
        name: base64.b64decode(content) for name, content in said["pictures"].items()
    }
    margins = [words for _kind, words in said["notes"]]
    return Document([block_of(one) for one in said["blocks"]], pictures, margins)


def _check(copy: IO[bytes]) -> None:
    try:
        names = check_archive(
            copy,
            most_members=_MOST_MEMBERS,
            most_bytes=_MOST_UNPACKED,
            ending=".docx",
        )
    except ArchiveProblem as problem:
        raise DocumentProblem(problem.message, problem.remedy) from problem
    if _MAIN not in names:
        raise DocumentProblem("Isi berkas ini bukan dokumen Word.", _SAVE_AS_DOCX)


def _read(copy: IO[bytes]) -> dict[str, Any]:
    limits = (_CHILD_MEMORY, _CHILD_SECONDS, _CHILD_OUTPUT)
    with tempfile.TemporaryFile() as output:
        try:
            result = subprocess.run(  # noqa: S603 - our own script, no input in it
                [sys.executable, "-I", str(_CHILD), *map(str, limits)],
                stdin=copy,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env={
                    name: os.environ[name]
                    for name in _CHILD_ENVIRONMENT
                    if name in os.environ
                },
                timeout=_CHILD_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _unreadable() from error
        if result.returncode:
            raise _unreadable()
        output.seek(0)
        answer: dict[str, Any] = json.load(output)
        return answer


def _unreadable() -> DocumentProblem:
    return DocumentProblem(
        "Dokumen ini rusak atau terlalu rumit, jadi tidak dapat dibaca.",
        "Salin isinya ke dokumen baru, simpan sebagai .docx, lalu unggah lagi.",
    )
