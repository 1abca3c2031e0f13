"""Numbers in a question's form, as an author in Indonesia types them."""

from quizzes.questions import read_number


def stored_number(typed: str) -> str:
    """Return "37,5" as it is stored, "37.5"; a percentage keeps its sign.

    What is no number stays as it is: whoever checks the question says what is wrong.
    """
    words = " ".join(typed.split())
    number = read_number(words.removesuffix("%"))
    if number is None:
        return words
    return f"{number:f}%" if words.endswith("%") else f"{number:f}"


def typed_number(stored: str) -> str:
    """Return a stored number with the decimal comma that people type."""
    return stored.replace(".", ",")
