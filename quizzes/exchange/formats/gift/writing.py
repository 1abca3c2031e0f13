"""Questions into GIFT, as Moodle's own import reads it."""

import html
import json
import re
from collections.abc import Sequence

from lib import markdown
from lib.markdown import MarkdownProblem
from quizzes.exchange.formats.exchange import Rendering
from quizzes.exchange.formats.gift.answers import WEIGHT
from quizzes.exchange.formats.gift.signs import FORMAT, escape, unsigned
from quizzes.exchange.formats.html_to_markdown import html_to_line
from quizzes.exchange.formats.moodle.question import (
    MoodleAnswer,
    MoodlePair,
    MoodleQuestion,
    choice_words,
    percent_of,
)
from quizzes.exchange.formats.moodle.writing import to_moodle
from quizzes.exchange.formats.plain_text import without_opener
from quizzes.exchange.formats.texts import KeptTexts, line_of_words
from quizzes.questions.content import QuestionContent

_HAS_IMAGE = re.compile(r"!\[[^\]]*\]\(gambar/soal/")
# In front of words that begin like a weight or a format.
_SAFE = "[markdown]"


def render(questions: Sequence[QuestionContent]) -> Rendering:
    """Return the questions as GIFT, which every type can be read back from."""
    blocks, losses = [], []
    for question in questions:
        written = to_moodle(question, "gift")
        if written.refusal:
            losses.append((question.key, written.refusal))
            continue
        writer = _Writer(written.question)
        blocks.append(writer.block())
        found = [*written.losses, *_image_losses(question), *writer.losses]
        losses += [(question.key, loss) for loss in dict.fromkeys(found)]
    return Rendering(
        "\n\n".join([*blocks, ""]).encode(),
        "soal.gift.txt",
        "text/plain; charset=utf-8",
        losses,
    )


def _image_losses(question: QuestionContent) -> list[str]:
    if _HAS_IMAGE.search(question.stem + question.feedback) is None:
        return []
    return ["Gambar tidak dapat ikut dalam GIFT. Pakai Moodle XML untuk soal ini."]


class _Writer:
    """Writes one question; keeps the Markdown of texts that GIFT would change."""

    def __init__(self, moodle: MoodleQuestion) -> None:
        self._moodle = moodle
        self._texts = KeptTexts()
        self.losses = self._texts.losses

    def block(self) -> str:
        """Return the question with its comments, without an empty line."""
        moodle = self._moodle
        tags = "".join(f" [tag:{_escaped_tag(tag)}]" for tag in moodle.tags)
        answers = self._answers()
        return "\n".join(
            [
                f"// [id:{moodle.idnumber}]{tags}",
                f"// [melek:{self._json()}]",
                f"::{escape(moodle.name)}::[markdown]{escape(moodle.stem)}{{{answers[0]}",
                *answers[1:],
                *([f"####{escape(moodle.feedback)}"] if moodle.feedback else []),
                "}",
            ]
        )

    def _json(self) -> str:
        """Return the extras on one line, in which Moodle can see no id and no tag."""
        moodle = self._moodle
        extras = dict(moodle.extras)
        if moodle.unit:
            extras["settings"] = {**extras.get("settings", {}), "unit": moodle.unit}
        if self._texts.texts:
            extras["kept"] = self._texts.texts
        line = json.dumps(extras, ensure_ascii=False, separators=(",", ":"))
        return re.sub(r"\[(?=id:|tag:)", r"\\u005b", line)

    def _answers(self) -> list[str]:
        """Return the lines of the answers; the first ends the line of the brace."""
        moodle = self._moodle
        if moodle.kind == "match":
            return ["", *map(self._pair, moodle.pairs)]
        if moodle.kind == "order":
            head = f">{len(moodle.answers)} ALL VERTICAL {moodle.grading} SHOW none"
            return [head, *(self._step(answer.text) for answer in moodle.answers)]
        if moodle.kind == "number":
            return ["", "#", *map(self._number, moodle.answers)]
        if moodle.kind == "text":
            return ["", *map(self._typed, moodle.answers)]
        return ["", *self._choices()]

    def _choices(self) -> list[str]:
        answers = self._moodle.answers
        shares = [answer.fraction for answer in answers]
        # One sign alone: without any other all of them are right or wrong.
        best = shares.index(max(shares)) if self._moodle.kind == "choice" else -1
        return [
            # Behind the sign of the right one Moodle reads no weight.
            f"{'=' if at == best else f'~{_weight(answer, 0)}'}"
            f"{_safe(self._line(answer.text))}{self._feedback(answer)}"
            for at, answer in enumerate(answers)
        ]

    def _typed(self, answer: MoodleAnswer) -> str:
        words = answer.text
        if "->" in words:
            # Moodle would read a pair, and knows no escape for an arrow.
            words = words.replace("->", "-*>")
            self.losses.append(
                "Dalam GIFT tanda -> pada jawaban ditulis -*>, sehingga Moodle juga "
                "menerima teks lain di antaranya. Pakai Moodle XML untuk soal ini."
            )
        words = self._texts.keep(answer.text, words, words)
        return f"={_weight(answer, 1)}{_safe(escape(words))}{self._feedback(answer)}"

    def _number(self, answer: MoodleAnswer) -> str:
        number = f"{answer.text}:{answer.tolerance}"
        return f"={_weight(answer, 1)}{number}{self._feedback(answer)}"

    def _pair(self, pair: MoodlePair) -> str:
        words = choice_words(pair.match)
        again = line_of_words(words, [])
        choice = escape(self._texts.keep(pair.match, words, again))
        if "->" not in pair.text:
            return f"={_safe(self._line(pair.text))} -> {choice}"
        # HTML has a word for the arrow, which would part the row.
        row = _html(pair.text)
        row = self._texts.keep(pair.text, row, html_to_line(row, []))
        return f"=[html]{escape(row)} -> {choice}"

    def _step(self, text: str) -> str:
        """Return a step as HTML: Moodle reads no escape and no Markdown there."""
        words = unsigned(_html(text))
        return self._texts.keep(text, words, line_of_words(words, []))

    def _line(self, text: str) -> str:
        words = without_opener(text)
        return escape(self._texts.keep(text, words, words))

    def _feedback(self, answer: MoodleAnswer) -> str:
        return f"#{_safe(self._line(answer.feedback))}" if answer.feedback else ""


def _html(line: str) -> str:
    try:
        return markdown.render_inline(line)
    except MarkdownProblem:
        return html.escape(line)


def _escaped_tag(tag: str) -> str:
    return re.sub(r"[\]\\]", r"\\\g<0>", " ".join(tag.split()))


def _weight(answer: MoodleAnswer, otherwise: int) -> str:
    share = answer.fraction
    return "" if share == otherwise else f"%{percent_of(share)}%"


def _safe(words: str) -> str:
    """Return escaped words so that their beginning is no weight and no format."""
    is_sign = WEIGHT.match(words) or FORMAT.match(words)
    return f"{_SAFE}{words}" if is_sign else words
