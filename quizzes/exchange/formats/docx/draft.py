"""A question while its lines are gathered, and its key from whatever marks it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quizzes.exchange.formats.checking import problems_of
from quizzes.exchange.formats.choice_keys import UnreadableKey, letter_of, read_key
from quizzes.exchange.formats.docx.lines import Line
from quizzes.exchange.formats.docx.told import losses_of, problems_in
from quizzes.exchange.formats.exchange import ReadItem
from quizzes.exchange.formats.keys import KeyMaker, letters
from quizzes.exchange.formats.texts import TextReader
from quizzes.questions.content import LEVELS, OptionContent, QuestionContent

# What may mark the right option, and how it is called.
_SIGNS = {"b": "huruf tebal", "h": "sorotan", "c": "warna", "u": "garis bawah"}
_TRUE_FALSE = ("Benar", "Salah")
_TRUTHS = {"benar": "Benar", "true": "Benar", "salah": "Salah", "false": "Salah"}


@dataclass
class Draft:
    """The lines of one question. `said` are its keys: the place, the words."""

    count: int
    line: int
    series: str
    stem: list[str] = field(default_factory=list)
    options: list[Line] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    objective: str = ""
    level: str = ""
    inner: int = 0
    """The last number of a list inside the stem."""
    is_done: bool = False
    """Whether its key was said: an unmarked line below belongs to nothing certain."""
    words: str = ""
    problems: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)

    def take(self, line: Line, html: str = "") -> None:
        """Take a line of the stem."""
        self.note(line)
        self.words = self.words or line.words
        self.stem.append(html or f"<p>{line.html()}</p>")

    def take_option(self, line: Line) -> None:
        """Take an option; one out of turn refuses the question."""
        self.note(line)
        due = letter_of(len(self.options))
        if line.letter != due:
            before = f"setelah pilihan {letter_of(len(self.options) - 1)} " * bool(
                self.options
            )
            self.problems.append(
                f"Paragraf {line.number}: {before}diharapkan {due}, bukan "
                f"{line.letter}. Perbaiki hurufnya, atau beri nomor bila ini soal lain."
            )
        if self.options and bool(line.series) != bool(self.options[0].series):
            self.problems.append(
                f"Paragraf {line.number}: huruf pilihan soal {self.count} sebagian "
                "diketik, sebagian otomatis dari Word, jadi tidak jelas mana "
                "pilihannya. Samakan."
            )
        if line.pictures:
            self.problems.append(
                f"Paragraf {line.number}: gambar di dalam pilihan tidak dapat dibaca. "
                "Taruh gambarnya di soal, atau ceritakan isinya."
            )
        self.options.append(line)

    def note(self, line: Line) -> None:
        """Note what of a line is no plain text."""
        self.problems += problems_in(line)
        self.losses += losses_of(line)

    def item(self, keys: KeyMaker, texts: TextReader) -> ReadItem:
        """Return the question, or why there is none."""
        name = f"{self.count}. {' '.join(self.words.split())[:60]}"
        # What was noted of words goes to the list that the reader fills.
        texts.losses = self.losses
        right = self._right()
        if right is None:
            problems = list(dict.fromkeys(self.problems))
            return ReadItem(None, name, self.line, self.losses, problems)
        question = self._question(right, keys, texts)
        problems = [*self.problems, *problems_of(question)]
        return ReadItem(
            question,
            name,
            self.line,
            list(dict.fromkeys(self.losses)),
            list(dict.fromkeys(problems)),
            has_own_keys=False,
        )

    def _question(
        self, right: Sequence[int], keys: KeyMaker, texts: TextReader
    ) -> QuestionContent:
        spoken = [self._option(line, texts) for line in self.options]
        options = spoken or list(_TRUE_FALSE)
        stem = texts.block("".join(self.stem), "html")
        if self.level and self.level not in LEVELS:
            self.losses.append(
                f"Tingkat “{self.level[:20]}” tidak dibaca: yang dikenal C1 sampai C6."
            )
        return QuestionContent(
            key=keys.make(self.words),
            type="multiple_response" if len(right) > 1 else "single_choice",
            stem=stem,
            options=tuple(
                OptionContent(key, words, Decimal(at in right))
                for at, (key, words) in enumerate(
                    zip(letters(len(options)), options, strict=True)
                )
            ),
            feedback=texts.block("".join(self.feedback), "html"),
            objective_key=self.objective,
            level=self.level if self.level in LEVELS else "",
        )

    def _option(self, line: Line, texts: TextReader) -> str:
        return texts.line(line.without("".join(self.signs)).html(), "html")

    def _right(self) -> tuple[int, ...] | None:
        """Return the places of the right options; None where nothing certain says."""
        if not self.options:
            return self._truth()
        claims: dict[tuple[int, ...], str] = {}
        for where, words in self.said:
            try:
                places = read_key(words, [line.words for line in self.options])
            except UnreadableKey as problem:
                self.problems.append(f"Soal {self.count}, {where}: {problem.message}")
                return None
            claims.setdefault(places, f"{where} “{words[:20]}”")
        for places, sign in self._marked():
            claims.setdefault(places, f"{sign} di {_listed(places)}")
        if len(claims) == 1:
            return next(iter(claims))
        if claims:
            both = " dan ".join(claims.values())
            self.problems.append(
                f"Soal {self.count}: kuncinya berbeda: {both}. Samakan keduanya."
            )
        else:
            self.problems.append(
                f"Soal {self.count} tidak punya kunci. Tebalkan pilihan yang benar, "
                "beri tanda *, tulis “Kunci: B” di bawahnya, atau lengkapi tabel kunci."
            )
        return None

    def _marked(self) -> Iterator[tuple[tuple[int, ...], str]]:
        """Yield what signs say: options that bear one which not all of them bear."""
        starred = tuple(at for at, one in enumerate(self.options) if one.has_star)
        if starred:
            yield starred, "tanda *"
        for mark, name in _SIGNS.items():
            places = tuple(at for at, one in enumerate(self.options) if one.looks(mark))
            if places and len(places) < len(self.options):
                self.signs.append(mark)
                yield places, name
                if mark != "b" or len(places) > 1:
                    self.losses.append(
                        f"Kunci dibaca dari {name}: {_listed(places)}. Periksa."
                    )

    def _truth(self) -> tuple[int, ...] | None:
        """Return the answer to a statement without options: true or false."""
        said = {
            _TRUTHS.get(words.strip(" .").casefold()) for _where, words in self.said
        }
        if len(said) == 1 and None not in said:
            return (_TRUE_FALSE.index(said.pop() or ""),)
        self.problems.append(
            f"Soal {self.count} tidak punya pilihan berhuruf. Soal uraian tidak dapat "
            "dinilai otomatis; tambahkan pilihan A, B, C, atau hapus soalnya."
        )
        return None


def _listed(places: Sequence[int]) -> str:
    return ", ".join(letter_of(at) for at in places)
