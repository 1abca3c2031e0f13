"""Questions out of GIFT."""

import re
from collections.abc import Mapping

from quizzes.exchange.formats.decoding import decode
from quizzes.exchange.formats.exchange import (
    Budget,
    Reading,
    ReadItem,
    UnreadableFile,
)
from quizzes.exchange.formats.gift.answers import Answers, NotHere
from quizzes.exchange.formats.gift.blocks import Block, read_blocks
from quizzes.exchange.formats.gift.merged import (
    has_cloze,
    is_cloze_alone,
    second_question,
)
from quizzes.exchange.formats.gift.signs import FORMAT, hold, literal
from quizzes.exchange.formats.keys import KeyMaker
from quizzes.exchange.formats.moodle.question import MoodleQuestion
from quizzes.exchange.formats.moodle.reading import Context, from_moodle
from quizzes.exchange.formats.texts import TextReader

_TITLE = re.compile(r"\s*::(?P<title>.*?)::", re.DOTALL)
_GAP = "_____"
_CLOZE = "Soal jawaban tertanam (Cloze) tidak dapat dibaca."


def read(data: bytes) -> Reading:
    """Return the questions of a GIFT file. Raises UnreadableFile."""
    text, notes = decode(data)
    if is_cloze_alone(hold(text)):
        raise UnreadableFile(f"{_CLOZE} Pecah menjadi soal isian singkat atau pilihan.")
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
    name, text = _name(hold(block.text))
    context = Context(block.line)
    merged = _merged(block, text)
    if merged:
        title = name or literal(text.partition("{")[0])[:60]
        return ReadItem(None, title, block.line, [], [merged])
    before, answers, after = _parts(text, context.problems)
    if answers is None:
        reason = context.problems or [
            "Ini keterangan, bukan soal: tidak ada { }. Tambahkan jawabannya, "
            "atau hapus dari berkas."
        ]
        return ReadItem(None, name or literal(before)[:60], block.line, [], reason)
    if after.lstrip(" \t").startswith("\n") and after.strip():
        context.losses.append(
            f"Teks di bawah jawaban (“{literal(after)[:40]}”) menjadi bagian soal. "
            "Beri baris kosong di atasnya bila itu soal lain."
        )
    texts = TextReader(context.losses, budget, kept=_kept(block))
    moodle = _question(block, name, before, after, texts)
    try:
        moodle = _with_answers(moodle, answers, before, texts, context.problems)
    except NotHere as reason:
        message = f"{reason} Ubah jenis soalnya, atau hapus dari berkas."
        return ReadItem(None, name or moodle.stem[:60], block.line, [], [message])
    return from_moodle(moodle, keys, context)


def _kept(block: Block) -> Mapping[str, str]:
    kept = block.extras.get("kept")
    return kept if isinstance(kept, Mapping) else {}


def _merged(block: Block, text: str) -> str:
    """Say why the block is more than one question, "" where it is one."""
    if has_cloze(text):
        return f"{_CLOZE} Ubah jenis soalnya, atau hapus dari berkas."
    second = second_question(text)
    if second is None:
        return ""
    at, reason = second
    # From the end, for the title is gone from the text.
    line = block.lines[-1 - text.count("\n", at)]
    return f"Baris {line}: {reason}"


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
    found = FORMAT.match(before)
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
    found = FORMAT.match(before)
    return found["format"].lower() if found else "moodle"


def _with_answers(
    moodle: MoodleQuestion,
    answers: str,
    before: str,
    texts: TextReader,
    problems: list[str],
) -> MoodleQuestion:
    otherwise = _format_of(before)
    words, _sign, feedback = answers.rpartition("####")
    if not _sign:
        words, feedback = answers, ""
    read = Answers(moodle, texts, otherwise, problems).parse(words)
    found = FORMAT.match(feedback)
    return MoodleQuestion(
        **{
            **vars(read),
            "feedback": texts.block(
                literal(feedback[found.end() :] if found else feedback),
                found["format"].lower() if found else otherwise,
            ),
        }
    )
