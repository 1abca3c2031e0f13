"""A document as lines: each with its number or letter, whoever wrote that.

A paragraph is several lines where it holds line ends, or options beside each other
with tabs between them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lib.documents import Found, Label, Paragraph, Run, runs_html

_NUMBER = re.compile(r"(?:soal\s+)?(?P<number>\d{1,3})\s*[.)](?:\s+|\Z)", re.IGNORECASE)
# Without a space, but not the initials of "A.N. Kepala".
_LETTER = re.compile(
    r"(?P<star>\*?)\(?(?P<letter>[A-Ja-j])\s*[.)](?P<star_behind>\*?)"
    r"(?:\s+|(?=[^\s])(?![A-Za-z]{1,3}[.)]))"
)
_LETTER_FORMS = frozenset({"upperLetter", "lowerLetter"})


@dataclass(frozen=True)
class Line:
    """A line of a document.

    `number` is that of its paragraph. `count` is the number that stands before it,
    `letter` the letter, whether typed or Word's own; `series` tells Word's lists apart,
    "" where it was typed. `star` where a star marks it. `runs` are without all these.
    """

    number: int
    runs: Sequence[Run]
    count: int | None = None
    letter: str = ""
    series: str = ""
    has_star: bool = False
    is_bullet: bool = False
    heading: int = 0
    found: Sequence[Found] = field(default_factory=tuple)

    @property
    def words(self) -> str:
        """Return the words alone."""
        return "".join(run.words for run in self.runs if "p" not in run.marks).strip()

    @property
    def is_empty(self) -> bool:
        """Whether it holds neither words nor pictures nor anything else."""
        return not self.words and not self.pictures and not self.found

    @property
    def pictures(self) -> list[str]:
        """Return the relations of its pictures."""
        return [run.address for run in self.runs if "p" in run.marks]

    def looks(self, mark: str) -> bool:
        """Whether all of its words bear a mark."""
        said = [run for run in self.runs if run.words.strip() and "p" not in run.marks]
        return bool(said) and all(mark in run.marks for run in said)

    def without(self, marks: str) -> "Line":
        """Return the line without these marks on its words."""
        runs = [
            run
            if "p" in run.marks
            else replace(
                run, marks="".join(one for one in run.marks if one not in marks)
            )
            for run in self.runs
        ]
        return replace(self, runs=runs)

    def html(self) -> str:
        """Return the line as HTML without a paragraph around it."""
        return runs_html(self.runs)


def lines_of(paragraph: Paragraph) -> Iterator[Line]:
    """Yield the lines of a paragraph; what was found goes with the first."""
    label = paragraph.label
    found: Sequence[Found] = paragraph.found
    is_first = True
    for runs in split_runs(paragraph.runs, "\n"):
        for piece in _options_beside(runs):
            line = Line(paragraph.number, piece, heading=paragraph.heading, found=found)
            found = ()
            yield _labelled(line, label) if is_first and label else _typed(line)
            is_first = False


def split_runs(runs: Sequence[Run], sign: str) -> list[list[Run]]:
    """Return the runs on both sides of every sign."""
    pieces: list[list[Run]] = [[]]
    for run in runs:
        first, *others = [run.words] if "p" in run.marks else run.words.split(sign)
        pieces[-1].append(replace(run, words=first))
        pieces += [[replace(run, words=words)] for words in others]
    return [[run for run in piece if run.words or "p" in run.marks] for piece in pieces]


def _options_beside(runs: Sequence[Run]) -> list[Sequence[Run]]:
    """Return options that stand beside each other one by one, else the line whole.

    A tab inside an option does not begin another one.
    """
    pieces = [one for one in split_runs(runs, "\t") if _words(one)]
    letters = [_LETTER.match(_words(one)) for one in pieces]
    if len(pieces) < 2 or any(letter is None for letter in letters[1:]):
        return [runs]
    said = [letter["letter"].upper() for letter in letters if letter]
    follow = all(ord(b) - ord(a) == 1 for a, b in pairwise(said))
    return list(pieces) if follow else [runs]


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.words for run in runs if "p" not in run.marks).strip()


def _labelled(line: Line, label: Label) -> Line:
    """Return a line with the number or letter that Word gave it."""
    shown = re.sub(r"[^0-9A-Za-z]", "", label.shown)
    where = f"{label.series}/{label.level}"
    if label.is_bullet:
        return replace(line, is_bullet=True, series=where)
    if label.form in _LETTER_FORMS and len(shown) == 1:
        return _starred(replace(line, letter=shown.upper(), series=where))
    if shown.isdecimal() and len(shown) <= 3:
        return replace(line, count=int(shown), series=where)
    return _typed(line)


def _typed(line: Line) -> Line:
    """Return a line with the number or letter that was typed."""
    words = "".join(run.words for run in line.runs if "p" not in run.marks)
    before = len(words) - len(words.lstrip())
    number = _NUMBER.match(words.lstrip())
    if number:
        cut = _without_start(line.runs, before + number.end())
        return replace(line, runs=cut, count=int(number["number"]))
    letter = _LETTER.match(words.lstrip())
    if letter is None:
        return line
    cut = _without_start(line.runs, before + letter.end())
    marked = bool(letter["star"] or letter["star_behind"])
    found = replace(line, runs=cut, letter=letter["letter"].upper(), has_star=marked)
    return _starred(found)


def _starred(line: Line) -> Line:
    """Take a star at either end of the words of an option for a mark."""
    words = line.words
    if words.startswith("*") and not words.startswith("**"):
        cut = "".join(run.words for run in line.runs).index("*") + 1
        return replace(line, runs=_without_start(line.runs, cut), has_star=True)
    if words.endswith("*") and not words.endswith("**"):
        return replace(line, runs=_without_last_star(line.runs), has_star=True)
    return line


def _without_start(runs: Sequence[Run], count: int) -> list[Run]:
    kept = []
    for run in runs:
        if "p" in run.marks or not count:
            kept.append(run)
            continue
        words = run.words[count:]
        count = max(0, count - len(run.words))
        if words:
            kept.append(replace(run, words=words))
    return kept


def _without_last_star(runs: Sequence[Run]) -> list[Run]:
    kept = list(runs)
    for at in range(len(kept) - 1, -1, -1):
        words = kept[at].words.rstrip()
        if words.endswith("*") and "p" not in kept[at].marks:
            kept[at] = replace(kept[at], words=words[:-1].rstrip())
            break
    return kept
