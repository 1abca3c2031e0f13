"""Which format a file is in, told by its content before its name."""

import pytest

from quizzes.exchange.formats import FORMATS, READABLE, UnreadableFile, format_of
from tests.quizzes.questions.examples import EXAMPLES


@pytest.mark.parametrize("name", READABLE)
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


def test_qti_is_for_export_alone():
    with pytest.raises(UnreadableFile, match="hanya untuk ekspor"):
        FORMATS["qti21"].read(b"x")
