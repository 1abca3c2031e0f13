"""Which format a file is in, told by its content before its name."""

import pytest

from quizzes.exchange.formats import (
    FORMATS,
    READABLE,
    WRITABLE,
    UnreadableFile,
    format_of,
)
from tests.quizzes.questions.examples import EXAMPLES


@pytest.mark.parametrize("name", [n for n in READABLE if n in WRITABLE])
def test_what_a_format_writes_is_known_again(name):
    rendering = FORMATS[name].render(list(EXAMPLES.values()), lambda _path: None)

    assert format_of(rendering.data, "berkas.bin").name == name
    assert format_of(rendering.data, rendering.filename).name == name


def test_the_name_helps_where_the_content_is_open():
    assert format_of(b"Apa?{=a ~b}", "soal.txt").name == "gift"
    assert format_of("\ufeff::x::Apa?{=a}".encode("utf-16"), "x").name == "gift"


def test_what_is_nothing_is_refused():
    with pytest.raises(UnreadableFile, match="tidak dikenali"):
        format_of(b"halo", "catatan.txt")


@pytest.mark.parametrize("name", [n for n in READABLE if n not in WRITABLE])
def test_what_people_write_themselves_is_for_import_alone(name):
    with pytest.raises(LookupError, match=name):
        FORMATS[name].render([])
