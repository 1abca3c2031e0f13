"""What the conditions of QTI 1.2 give marks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from quizzes.exchange.formats.qti_in.item import NotTaken, number_of

_EVERYTHING = Decimal(100)
_COMPARING = frozenset({"varequal", "vargte", "varlte", "vargt", "varlt", "varsubset"})


@dataclass(frozen=True)
class Worth:
    """What is chosen, and the points for it.

    `is_whole` where everything else must be left; `is_added` where other conditions
    may add to it.
    """

    chosen: frozenset[str]
    points: Decimal
    is_whole: bool
    is_added: bool


def _conditions(root: Element) -> Iterator[Element]:
    for processing in root.iterfind("resprocessing"):
        yield from processing.iterfind("respcondition")


def _action(condition: Element) -> str:
    said = condition.find("setvar")
    return "" if said is None else said.get("action", "Set")


def _variable(root: Element) -> str:
    """Return the variable of the points. Raises NotTaken where it is unclear."""
    names = {
        (one.get("varname") or one.get("variablename") or "SCORE").casefold()
        for condition in _conditions(root)
        for one in condition.iterfind("setvar")
    }
    if "score" in names or not names:
        return "score"
    if len(names) > 1:
        raise NotTaken(
            "Nilainya dihitung dari beberapa peubah. Tulis ulang soal ini di sini."
        )
    return names.pop()


def _points(condition: Element, root: Element) -> Decimal | None:
    """Return the points that a condition gives, None where it gives none at all.

    Raises NotTaken for points that are multiplied or divided.
    """
    wanted = _variable(root)
    said = next(
        (
            one
            for one in condition.iterfind("setvar")
            if (one.get("varname") or one.get("variablename") or "SCORE").casefold()
            == wanted
        ),
        None,
    )
    if said is None:
        return None
    action = said.get("action", "Set")
    if action not in {"Set", "Add", "Subtract"}:
        raise NotTaken(f"Nilai yang dihitung ({action[:20]}) tidak dapat dibaca.")
    sign = -1 if action == "Subtract" else 1
    words = (said.text or "").strip()
    if words == "SCORE.max":
        declared = next(root.iter("decvar"), None)
        most = None if declared is None else declared.get("maxvalue")
        return number_of(most) if most else _EVERYTHING
    return sign * number_of(words)


def worths_of(root: Element, name: str) -> list[Worth]:
    """Return what earns or costs points at one response.

    Raises NotTaken for a condition that compares otherwise than with one value.
    """
    found = []
    for condition in _conditions(root):
        points = _points(condition, root)
        said = condition.find("conditionvar")
        if points is None or said is None or not _is_about(said, name):
            continue
        chosen, others = _compared(said, name)
        if not chosen:
            if points > 0:
                raise NotTaken(
                    "Tidak memilih apa pun diberi nilai. Tulis ulang soal ini."
                )
            continue
        is_added = _action(condition) in {"Add", "Subtract"}
        is_whole = not is_added and (len(chosen) > 1 or bool(others))
        # Alternatives in one condition, as accepted words are written, stand apart.
        if said.find("or") is not None or (
            len(chosen) > 1 and said.find("and") is None
        ):
            found += [Worth(frozenset({c}), points, False, is_added) for c in chosen]
        else:
            found.append(Worth(frozenset(chosen), points, is_whole, is_added))
    if not any(one.points > 0 for one in found):
        raise NotTaken(
            "Kunci soal ini tidak ada di berkas. Ekspor ulang dengan kuncinya."
        )
    return found


def _is_about(said: Element, name: str) -> bool:
    return any(one.get("respident", name) == name for one in said.iter("varequal"))


def _compared(said: Element, name: str) -> tuple[list[str], list[str]]:
    """Return the values that must be chosen and those that must not."""
    chosen: list[str] = []
    others: list[str] = []

    def walk(element: Element, into: list[str]) -> None:
        for one in element:
            if one.tag == "not":
                walk(one, others if into is chosen else chosen)
            elif one.tag == "varequal":
                if one.get("respident", name) == name:
                    into.append("".join(one.itertext()).strip())
            elif one.tag in {"and", "or"}:
                walk(one, into)
            elif one.tag in _COMPARING:
                raise NotTaken(
                    "Kuncinya membandingkan dengan cara yang tidak dikenal. Tulis "
                    "ulang soal ini."
                )

    walk(said, chosen)
    return list(dict.fromkeys(chosen)), others


def named_by(root: Element, name: str) -> dict[str, str]:
    """Return by choice the feedback that is shown for it."""
    found = {}
    for condition in _conditions(root):
        said, shown = condition.find("conditionvar"), condition.find("displayfeedback")
        if said is None or shown is None:
            continue
        values = [
            "".join(one.itertext()).strip()
            for one in said.iterfind("varequal")
            if one.get("respident", name) == name
        ]
        if len(values) == 1:
            found[values[0]] = shown.get("linkrefid", "")
    return found


def accepted_numbers(root: Element) -> list[tuple[Decimal, Decimal]]:
    """Return the numbers that earn everything, each with its tolerance.

    Raises NotTaken for a range that is open.
    """
    found: list[tuple[Decimal, Decimal]] = []
    for condition in _conditions(root):
        points = _points(condition, root)
        said = condition.find("conditionvar")
        if points is None or points <= 0 or said is None:
            continue
        exact = [number_of(one.text) for one in said.iter("varequal")]
        low = [number_of(one.text) for one in said.iter("vargte")]
        high = [number_of(one.text) for one in said.iter("varlte")]
        is_open = any(
            next(said.iter(one), None) is not None for one in ("vargt", "varlt")
        )
        if is_open or len(low) != len(high) or len(low) > 1:
            raise NotTaken("Rentang angkanya tidak dapat dibaca. Tulis ulang soal ini.")
        if low:
            middle, tolerance = (low[0] + high[0]) / 2, (high[0] - low[0]) / 2
            if tolerance < 0 or (exact and exact[0] != middle):
                raise NotTaken("Rentang angkanya tidak simetris. Tulis ulang soal ini.")
            found.append((middle.normalize(), tolerance.normalize()))
        else:
            found += [(value.normalize(), Decimal(0)) for value in exact]
    return found
