"""GIFT, Moodle's text format, with the corners that its own import knows.

https://docs.moodle.org/en/GIFT_format. What GIFT cannot say goes along in a comment,
`// [melek:{…}]`, which Moodle skips (`moodle_question`).
"""

import json
import re
from collections.abc import Sequence

from quizzes.exchange.formats.decoding import decode
from quizzes.exchange.formats.exchange import Budget, Reading, ReadItem, Rendering
from quizzes.exchange.formats.gift.answers import WEIGHT, Answers, NotHere
from quizzes.exchange.formats.gift.blocks import Block, read_blocks
from quizzes.exchange.formats.gift.signs import escape, hold, literal
from quizzes.exchange.formats.keys import KeyMaker
from quizzes.exchange.formats.moodle.question import (
    MoodleAnswer,
    MoodleQuestion,
    percent_of,
)
from quizzes.exchange.formats.moodle.reading import Context, from_moodle
from quizzes.exchange.formats.moodle.writing import to_moodle
from quizzes.exchange.formats.texts import TextReader
from quizzes.questions.content import QuestionContent

_TITLE = re.compile(r"\s*::(?P<title>.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(?P<format>html|moodle|plain|markdown)\]", re.IGNORECASE)
_GAP = "_____"
_HAS_IMAGE = re.compile(r"!\[[^\]]*\]\(gambar/soal/")


def read(data: bytes) -> Reading:
    """Return the questions of a GIFT file. Raises UnreadableFile."""
    text, notes = decode(data)
    items, keys, budget = [], KeyMaker(), Budget()
    categories = []
    for block in read_blocks(text):
        if isinstance(block, str):
            categories.append(block)
        else:
            budget.spend(block.line)
            items.append(_item(block, keys, budget))
    if categories:
        names = ", ".join(dict.fromkeys(name[:60] for name in categories[:5]))
        notes.append(
            f"Kategori tidak ikut: {names}. Semua soal masuk ke bank yang dipilih."
        )
    return Reading(items, notes)


def _item(block: Block, keys: KeyMaker, budget: Budget) -> ReadItem:
    text = hold(block.text)
    name, text = _name(text)
    context = Context(block.line)
    before, answers, after = _parts(text, context.problems)
    if answers is None:
        reason = context.problems or [
            "Ini keterangan, bukan soal: tidak ada { }. Tambahkan jawabannya, "
            "atau hapus dari berkas."
        ]
        return ReadItem(None, name or literal(before)[:60], block.line, [], reason)
    texts = TextReader(context.losses, budget)
    moodle = _question(block, name, before, after, texts)
    try:
        moodle = _with_answers(moodle, answers, before, texts, context.problems)
    except NotHere as reason:
        message = f"{reason} Ubah jenis soalnya, atau hapus dari berkas."
        return ReadItem(None, name or moodle.stem[:60], block.line, [], [message])
    return from_moodle(moodle, keys, context)


def _name(text: str) -> tuple[str, str]:
    title = _TITLE.match(text)
    if title is None:
        return "", text
    return " ".join(literal(title["title"]).split()), text[title.end() :]


def _parts(text: str, problems: list[str]) -> tuple[str, str | None, str]:
    """Return what stands before, between and after the braces."""
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        return text, None, ""
    if start < 0 or end < start:
        problems.append(
            "Kurung { dan } tidak berpasangan. Baris kosong memisahkan soal; untuk "
            "kurung di dalam teks tulis \\{ dan \\}."
        )
        return text, None, ""
    return text[:start], text[start + 1 : end], text[end + 1 :]


def _question(
    block: Block, name: str, before: str, after: str, texts: TextReader
) -> MoodleQuestion:
    found = _FORMAT.match(before)
    words = literal(before[found.end() :] if found else before)
    rest = literal(after)
    if rest:
        # A sign right behind the gap, such as a full stop, belongs to it.
        space = "" if re.match(r"[.,;:?!)]", rest) else " "
        words = f"{words} {_GAP}{space}{rest}"
    return MoodleQuestion(
        kind="choice",
        name=name,
        stem=texts.block(words, _format_of(before)),
        idnumber=block.idnumber,
        tags=block.tags,
        extras=block.extras,
    )


def _format_of(before: str) -> str:
    found = _FORMAT.match(before)
    return found["format"].lower() if found else "moodle"


def _with_answers(
    moodle: MoodleQuestion,
    answers: str,
    before: str,
    texts: TextReader,
    problems: list[str],
) -> MoodleQuestion:
    otherwise = _format_of(before)

    def line(piece: str) -> str:
        found = _FORMAT.match(piece)
        format = found["format"].lower() if found else otherwise
        words = piece[found.end() :] if found else piece
        return texts.line(literal(words), format)

    words, _sign, feedback = answers.rpartition("####")
    if not _sign:
        words, feedback = answers, ""
    read = Answers(moodle, line, problems).parse(words)
    found = _FORMAT.match(feedback)
    return MoodleQuestion(
        **{
            **vars(read),
            "feedback": texts.block(
                literal(feedback[found.end() :] if found else feedback),
                found["format"].lower() if found else otherwise,
            ),
        }
    )


def render(questions: Sequence[QuestionContent]) -> Rendering:
    """Return the questions as GIFT, which every type can be read back from."""
    blocks, losses = [], []
    for question in questions:
        written = to_moodle(question, ())
        blocks.append(_block(written.question))
        losses += [(question.key, loss) for loss in written.losses]
        losses += [(question.key, loss) for loss in _image_losses(question)]
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


def _block(moodle: MoodleQuestion) -> str:
    tags = "".join(f" [tag:{_escaped_tag(tag)}]" for tag in moodle.tags)
    return "\n".join(
        [
            f"// [id:{moodle.idnumber}]{tags}",
            f"// [melek:{_json(moodle)}]",
            f"::{escape(moodle.name)}::[markdown]{escape(moodle.stem)}{{",
            *_answer_lines(moodle),
            *([f"####{escape(moodle.feedback)}"] if moodle.feedback else []),
            "}",
        ]
    )


def _escaped_tag(tag: str) -> str:
    return re.sub(r"[\]\\]", r"\\\g<0>", " ".join(tag.split()))


def _json(moodle: MoodleQuestion) -> str:
    """Return the extras on one line, in which Moodle can see no id and no tag."""
    extras = dict(moodle.extras)
    if moodle.unit:
        extras["settings"] = {**extras.get("settings", {}), "unit": moodle.unit}
    line = json.dumps(extras, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"\[(?=id:|tag:)", r"\\u005b", line)


def _answer_lines(moodle: MoodleQuestion) -> list[str]:
    if moodle.kind == "match":
        return [f"={_side(p.text)} -> {_side(p.match)}" for p in moodle.pairs]
    if moodle.kind == "number":
        return ["#", *(_number_line(answer) for answer in moodle.answers)]
    sign = "=" if moodle.kind == "text" else "~"
    lines = [_line(sign, answer) for answer in moodle.answers]
    if moodle.kind == "choice" and len(lines) > 1:
        # One sign alone: without any other it would be a short answer.
        shares = [answer.fraction for answer in moodle.answers]
        best = shares.index(max(shares))
        lines[best] = _line("=", moodle.answers[best])
    return lines


def _side(text: str) -> str:
    """Return one side of a pair; an arrow in it must not part them."""
    return escape(text).replace("->", r"-\>")


def _line(sign: str, answer: MoodleAnswer) -> str:
    words = _side(answer.text) if sign == "=" else escape(answer.text)
    is_plain = answer.fraction == (1 if sign == "=" else 0)
    # Words that look like a weight stand behind a true one.
    if is_plain and not WEIGHT.match(words):
        weight = ""
    else:
        weight = f"%{percent_of(answer.fraction)}%"
    return f"{sign}{weight}{words}{_feedback_of(answer)}"


def _number_line(answer: MoodleAnswer) -> str:
    weight = "" if answer.fraction == 1 else f"%{percent_of(answer.fraction)}%"
    return f"={weight}{answer.text}:{answer.tolerance}{_feedback_of(answer)}"


def _feedback_of(answer: MoodleAnswer) -> str:
    return f"#{escape(answer.feedback)}" if answer.feedback else ""
