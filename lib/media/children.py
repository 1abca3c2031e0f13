"""Pictures and papers opened in processes of their own, with limits."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from lib.media.picture_sizes import Rendition, SizedPicture
from lib.media.problems import MediaProblem

MAX_PIXELS = 50_000_000
MAX_SIDE = 2_400
WIDTHS = (480, 960, 1600)
"""Widths of renditions in pixels: a phone, a phone held across, a laptop."""
_MEMORY = 1_000_000_000
_SECONDS = 40
_OUTPUT = 60_000_000
_PATIENCE = 90
_ENVIRONMENT = ("TMPDIR", "PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_FOLDER = Path(__file__).parent

_BROKEN_PICTURE = (
    "Gambar ini tidak dapat dibaca.",
    "Buka di penyunting gambar, simpan ulang sebagai PNG atau JPEG, lalu unggah.",
)
_BROKEN_DOCUMENT = (
    "PDF ini tidak utuh.",
    "Cetak atau simpan ulang sebagai PDF, lalu unggah.",
)
_PICTURE_PROBLEMS = {
    3: ("Gambar ini bergerak.", "Simpan satu bingkainya, atau unggah sebagai MP4."),
    4: (
        f"Gambar ini lebih dari {MAX_PIXELS // 1_000_000} megapiksel.",
        f"Perkecil sampai {MAX_SIDE} piksel di sisi terpanjang.",
    ),
}
_DOCUMENT_PROBLEMS = {
    3: ("PDF ini terkunci kata sandi.", "Simpan ulang tanpa kata sandi."),
    4: (
        "PDF ini berisi skrip atau berkas lain.",
        "Cetak ulang ke PDF (“Cetak” → “Simpan sebagai PDF”), lalu unggah.",
    ),
}


def read_picture(data: bytes) -> SizedPicture:
    """Return a PNG, JPEG or WebP without metadata, and its renditions.

    Raises MediaProblem.
    """
    with tempfile.TemporaryFile() as output:
        code = _run("picture_child.py", data, output, MAX_PIXELS, MAX_SIDE, *WIDTHS)
        if code:
            raise MediaProblem(*_PICTURE_PROBLEMS.get(code, _BROKEN_PICTURE))
        output.seek(0)
        told = json.loads(output.readline())
        width, height, size = told["size"]
        return SizedPicture(
            ending=told["ending"],
            width=width,
            height=height,
            data=output.read(size),
            renditions=tuple(
                Rendition(wide, high, output.read(length))
                for wide, high, length in told["renditions"]
            ),
        )


def check_document(data: bytes) -> None:
    """Refuse a PDF that is cut short, locked, or does something by itself.

    Raises MediaProblem.
    """
    with tempfile.TemporaryFile() as output:
        code = _run("document_child.py", data, output)
    if code:
        raise MediaProblem(*_DOCUMENT_PROBLEMS.get(code, _BROKEN_DOCUMENT))


def _run(script: str, data: bytes, output: IO[bytes], *said: int) -> int:
    """Return the exit code of a script; one that takes too long has failed."""
    environment: Mapping[str, str] = {
        name: os.environ[name] for name in _ENVIRONMENT if name in os.environ
    }
    arguments = (_MEMORY, _SECONDS, _OUTPUT, *said)
    with tempfile.TemporaryFile() as content:
        content.write(data)
        content.seek(0)
        try:
            return subprocess.run(  # noqa: S603 - our own script, no input in it
                [
                    *(sys.executable, "-I", str(_FOLDER / script)),
                    *(str(value) for value in arguments),
                ],
                stdin=content,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env=environment,
                timeout=_PATIENCE,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return -1
