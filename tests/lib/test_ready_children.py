"""A script that was loaded before says the same as in a process of its own."""

import contextlib
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from itertools import product

import pytest
from docx import Document

from lib.documents.problems import DocumentProblem
from lib.documents.reading import read_document
from lib.media import MediaProblem, read_media
from lib.spreadsheets.problems import SpreadsheetProblem
from tests import ready_children
from tests.lib.media.test_reading import paper, picture
from tests.lib.test_spreadsheets_reading import read_xlsx, repacked, workbook

CUT_SHORT = -100


def document() -> bytes:
    made, file = Document(), BytesIO()
    made.add_paragraph("Surat tugas, café")
    made.save(file)
    return file.getvalue()


def both(asked, same):
    """Run what is asked for in both ways, and note whether they say the same."""
    ready = subprocess.run

    def run(command, **said):
        result = ready(command, **said)
        said["stdout"].seek(0)
        told = said["stdout"].read()
        said["stdin"].seek(0)
        with tempfile.TemporaryFile() as output:
            alone = ready_children.ordinary_run(command, **{**said, "stdout": output})
            output.seek(0)
            asked.append((command[2], alone.returncode == 0))
            same.append((alone.returncode, output.read()) == (result.returncode, told))
        return result

    return run


def test_every_script_says_the_same_in_a_fork_and_alone(monkeypatch):
    asked, same = [], []
    monkeypatch.setattr(subprocess, "run", both(asked, same))
    broken = repacked(workbook(["a"]), sheet1=b"<worksheet")
    scanned = paper()
    spoiled = repacked(document(), document=b"<w:document")

    for read, content in (
        (read_xlsx, workbook(["Sari", 7])),
        (read_xlsx, broken),
        (read_document, document()),
        (read_document, spoiled),
        (read_media, picture()),
        (read_media, picture()[:CUT_SHORT]),
        (read_media, scanned),
        (read_media, scanned[:CUT_SHORT]),
    ):
        with contextlib.suppress(DocumentProblem, MediaProblem, SpreadsheetProblem):
            read(content)

    assert set(asked) == set(product(ready_children.SCRIPTS, (True, False)))
    assert all(same)


def test_one_that_takes_too_long_is_ended_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(ready_children, "_LEAST_PATIENCE", 0)
    script = next(script for script in ready_children.SCRIPTS if "picture" in script)
    limits = ("1000000000", "40", "60000000", "50000000", "2400")
    source, sink = os.pipe()

    # Nobody ever writes what it waits for.
    with (
        os.fdopen(source, "rb") as content,
        os.fdopen(sink, "wb"),
        tempfile.TemporaryFile() as output,
        pytest.raises(subprocess.TimeoutExpired),
    ):
        subprocess.run(
            [sys.executable, "-I", script, *limits],
            check=False,
            stdin=content,
            stdout=output,
            env={},
            timeout=0.2,
        )

    assert read_media(picture()).data
