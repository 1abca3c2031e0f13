"""The accepted answers of a typed question in words, plain Python."""

from decimal import Decimal

from lib.indonesian import format_number
from quizzes.questions.types import OptionView, QuestionView
from quizzes.questions.types.numbers import is_plain_number


def accepted_words(question: QuestionView, option: OptionView) -> str:
    """Return an accepted answer as people read it: "9,6 ± 0,5", "verifikasi dua …"."""
    if question.type == "numeric":
        return _with_tolerance(option)
    if question.scoring != "wildcard":
        return option.text
    parts = option.text.replace(r"\*", "\0").split("*")
    return " … ".join(part.strip() for part in parts).replace("\0", "*").strip()


def _with_tolerance(option: OptionView) -> str:
    size = option.match.removesuffix("%")
    if not is_plain_number(size) or not Decimal(size):
        return _number(option.text)
    percent = "%" if option.match.endswith("%") else ""
    return f"{_number(option.text)} ± {_number(size)}{percent}"


def _number(text: str) -> str:
    if not is_plain_number(text.strip()):
        return text
    _whole, _point, decimals = text.strip().partition(".")
    return format_number(Decimal(text.strip()), len(decimals))
