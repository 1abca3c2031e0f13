"""The log: who and what by id, never a number of a person, nor what was searched."""

import json
import logging
import sys

import pytest

from lib import log_context
from lib.log_lines import JsonFormatter, LineFormatter, blotted
from tests.every_case import every_case

NIP = "198503012010011901"


@pytest.fixture(autouse=True)
def nothing_said():
    token = log_context.start_lines()
    yield
    log_context.end_lines(token)


def a_record(message: str, *args: object, exc_info=None) -> logging.LogRecord:
    return logging.LogRecord(
        "courses", logging.ERROR, __file__, 1, message, args, exc_info
    )


@every_case(
    ("said", "written"),
    [
        (f"Key (nip)=({NIP}) already exists", "Key (nip)=([nip]) already exists"),
        ("19850301 201001 1 901", "[nip]"),
        ("19850301.201001.1.901", "[nip]"),
        ("to siti@contoh.go.id: refused", "to [surel]: refused"),
        ("Not Found: /kursus/?cari=Siti+A", "Not Found: /kursus/?…"),
        ("redis://:geheim@db:6379/0 is away", "redis://:***@db:6379/0 is away"),
        ("done in 0.198503012010011901s", "done in 0.198503012010011901s"),
        ("trace 019850301201001190", "trace 019850301201001190"),
        ("1234567890123456789 is no NIP", "1234567890123456789 is no NIP"),
        ("Who are you? said 2", "Who are you? said 2"),
    ],
)
def test_what_is_somebodys_is_blotted_out(said, written):
    assert blotted(said) == written


def test_a_line_for_machines_is_one_json_object_with_ids():
    log_context.start_lines(request="abc", person=12)

    line = JsonFormatter().format(a_record("Halo %s\nkedua", NIP))

    said = json.loads(line)
    assert "\n" not in line
    assert said.pop("time").endswith("+00:00")
    assert said == {
        "level": "ERROR",
        "logger": "courses",
        "message": "Halo [nip]\nkedua",
        "request": "abc",
        "person": 12,
    }


@every_case("formatter", [JsonFormatter, LineFormatter])
def test_a_traceback_repeats_nobodys_number(formatter):
    try:
        raise ValueError(f"duplicate {NIP}")
    except ValueError:
        line = formatter().format(a_record("Failed", exc_info=sys.exc_info()))

    assert "ValueError: duplicate [nip]" in line
    assert NIP not in line


def test_a_line_for_people_says_in_the_end_what_it_is_about():
    log_context.start_lines(request="abc")
    log_context.add(person=3)

    assert LineFormatter().format(a_record("Gagal")) == (
        "ERROR courses: Gagal [request=abc person=3]"
    )


def test_nobody_writes_a_second_line_of_her_own():
    written = LineFormatter().format(a_record("x\nERROR y\r\u2028z\x1b[31m"))

    assert written == r"ERROR courses: x\nERROR y\r\u2028z\x1b[31m"


def test_a_task_is_forgotten_and_the_rest_is_not():
    log_context.add(task="1", process="w")

    log_context.forget("task")

    assert log_context.current() == {"process": "w"}


@every_case(
    ("handed_in", "is_kept"),
    [
        ("0af7651916cd43dd8448eb211c80319c", True),
        ("7b1f9a2c-9b1e-4a53-8f3e-2f1d3c4b5a69", True),
        (NIP, False),
        ("x" * 16, False),
        ("abcdef0123456789\nERROR", False),
        ("", False),
    ],
)
def test_only_an_id_that_is_none_of_a_person_is_taken_from_a_proxy(handed_in, is_kept):
    assert (log_context.request_id(handed_in) == handed_in) is is_kept
