"""Answers to a quiz of Google Forms: what of its questions can be known from them.

The CSV of a quiz holds for every question three columns: the answers, `[Score]` and
`[Feedback]`. The key is what earned everything; options are what somebody chose. An
option that nobody chose stands nowhere, and is said to be missing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lib.spreadsheets import Grid
from quizzes.exchange.formats.checking import problems_of
from quizzes.exchange.formats.exchange import Budget, Reading, ReadItem, UnreadableFile
from quizzes.exchange.formats.keys import KeyMaker, letters
from quizzes.exchange.formats.plain_text import plain_to_line, plain_to_markdown
from quizzes.exchange.formats.table.layout import headings_of
from quizzes.exchange.formats.table.roles import plain_heading
from quizzes.exchange.formats.table.rows import cell_at, place_of
from quizzes.questions.content import OptionContent, QuestionContent

_STAMPS = frozenset({"timestamp", "cap waktu", "stempel waktu"})
_SCORE = re.compile(r"(?P<question>.+) \[(?:Score|Skor)\]", re.IGNORECASE | re.DOTALL)
_POINTS = re.compile(r"(?P<got>\d+(?:[.,]\d+)?) / (?P<most>\d+(?:[.,]\d+)?)")
_MOST_OPTIONS = 8


def is_answers(grid: Grid) -> bool:
    """Whether a sheet holds answers of people to a form."""
    first = grid.rows[0].cells
    return bool(first) and plain_heading(first[0]) in _STAMPS


@dataclass
class _Asked:
    """A question with the columns of its answers and of their points."""

    words: str
    answers: int
    points: int
    right: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_form_answers(grid: Grid) -> Reading:
    """Return the questions of a quiz as far as its answers tell them.

    Raises UnreadableFile where no column of points tells which answer is right.
    """
    headings = headings_of(grid, grid.rows[0].number)
    asked = list(_asked(headings))
    if not asked:
        raise UnreadableFile(
            "Berkas ini berisi jawaban peserta Google Forms tanpa kolom [Score], jadi "
            "pilihan dan kuncinya tidak ada di dalamnya. Unduh jawaban kuis sebagai "
            "CSV dari Google Forms, atau salin soal dan kuncinya ke Excel."
        )
    for one in asked:
        _collect(one, grid, headings)
    keys, budget = KeyMaker(), Budget()
    items = []
    for one in asked:
        budget.spend(grid.rows[0].number)
        items.append(_item(one, keys))
    note = (
        "Dibaca dari jawaban peserta Google Forms: nama, surel, dan jawaban per orang "
        "tidak disimpan. Pilihan yang tidak dipilih siapa pun tidak ada di berkas ini."
    )
    return Reading(items, [note])


def _asked(headings: Sequence[str]) -> Iterator[_Asked]:
    places = {words: at for at, words in reversed(list(enumerate(headings)))}
    for at, words in enumerate(headings):
        found = _SCORE.fullmatch(words)
        if found and found["question"] in places:
            yield _Asked(found["question"], places[found["question"]], at)


def _collect(asked: _Asked, grid: Grid, headings: Sequence[str]) -> None:
    """Sort the answers of people into those that earned everything and others."""
    for row in grid.rows[1:]:
        answer = cell_at(row, asked.answers).strip()
        said = cell_at(row, asked.points)
        points = _POINTS.match(said)
        if not answer:
            continue
        if points is None:
            asked.problems.append(
                f"{place_of(headings, row.number, asked.points)}: nilai “{said[:20]}” "
                "tidak terbaca. Unduh ulang jawabannya sebagai CSV."
            )
            return
        got, most = (_number(points[name]) for name in ("got", "most"))
        is_right = got == most and most > 0
        (asked.right if is_right else asked.wrong)[answer] = row.number
        if 0 < got < most:
            asked.problems.append(
                f"Baris {row.number}: jawaban “{answer[:40]}” mendapat sebagian nilai. "
                "Soal seperti ini tidak dapat dibaca dari jawaban; tulis ulang soalnya."
            )


def _number(words: str) -> Decimal:
    return Decimal(words.replace(",", "."))


def _item(asked: _Asked, keys: KeyMaker) -> ReadItem:
    name = asked.words[:60]
    problems = list(dict.fromkeys([*asked.problems, *_doubts(asked)]))
    if problems:
        return ReadItem(None, name, 1, [], problems)
    options = sorted({*asked.right, *asked.wrong}, key=str.casefold)
    question = QuestionContent(
        key="",
        type="single_choice",
        stem=plain_to_markdown(asked.words),
        options=tuple(
            OptionContent(key, plain_to_line(words), Decimal(words in asked.right))
            for key, words in zip(letters(len(options)), options, strict=True)
        ),
    )
    question = replace(question, key=keys.make(asked.words))
    losses = [
        "Pilihannya dibaca dari jawaban peserta: yang tidak dipilih siapa pun tidak "
        "ada. Bandingkan dengan formulirnya, lalu lengkapi."
    ]
    return ReadItem(question, name, 1, losses, problems_of(question), False)


def _doubts(asked: _Asked) -> Iterator[str]:
    """Say why the answers do not tell the question."""
    both = {*asked.right} & {*asked.wrong}
    if both:
        yield (
            f"Jawaban “{next(iter(both))[:40]}” kadang benar, kadang salah, jadi "
            "kuncinya tidak jelas. Tulis ulang soal ini."
        )
    if any(";" in one for one in {*asked.right, *asked.wrong}):
        yield (
            "Soal kotak centang: jawabannya tergabung dalam satu sel, sehingga "
            "pilihannya tidak dapat dipisahkan dengan pasti. Tulis ulang soal ini."
        )
    if len({*asked.right, *asked.wrong}) > _MOST_OPTIONS:
        yield (
            "Jawabannya terlalu beragam untuk soal pilihan; mungkin soal isian. Tulis "
            "ulang soal ini."
        )
    if len(asked.right) != 1 or not asked.wrong:
        yield (
            "Dari jawaban yang ada tidak terlihat tepat satu pilihan benar dan satu "
            "pilihan salah. Tulis ulang soal ini dengan pilihannya."
        )
