"""What an item of QTI 2 or 3 says is right, and how it says to mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from quizzes.exchange.formats.qti_in.item import NotTaken, number_of

_TEMPLATES = ("match_correct", "map_response", "CC2_match", "map_response_point")


@dataclass(frozen=True)
class Response:
    """A response variable: what is correct, and what each value earns."""

    name: str
    base_type: str
    correct: Sequence[str]
    mapping: Mapping[str, Decimal] = field(default_factory=dict)
    upper: Decimal | None = None
    default: Decimal = Decimal(0)
    is_exact: bool = True


def responses_of(root: Element) -> dict[str, Response]:
    """Return the response variables of an item by name."""
    return {
        one.name: one for one in map(_response, root.iterfind("responseDeclaration"))
    }


def _response(element: Element) -> Response:
    correct = element.find("correctResponse")
    values = [] if correct is None else [_words(one) for one in correct.iter("value")]
    table = element.find("mapping")
    entries = [] if table is None else list(table.iterfind("mapEntry"))
    upper = None if table is None else table.get("upperBound")
    return Response(
        name=element.get("identifier", ""),
        base_type=element.get("baseType", ""),
        correct=[one for one in values if one],
        mapping={
            entry.get("mapKey", ""): number_of(entry.get("mappedValue"))
            for entry in entries
        },
        upper=number_of(upper) if upper else None,
        default=number_of(None if table is None else table.get("defaultValue")),
        is_exact=any(entry.get("caseSensitive") == "true" for entry in entries)
        or not entries,
    )


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def template_of(root: Element) -> str:
    """Return how the item is marked: a template's name, "own", "" for not at all."""
    processing = root.find("responseProcessing")
    if processing is None:
        return ""
    said = processing.get("template") or processing.get("templateLocation") or ""
    name = said.rpartition("/")[2].removesuffix(".xml")
    if name in _TEMPLATES:
        return name
    if said and not len(processing):
        raise NotTaken(
            f"Aturan nilai “{name[:40]}” tidak dikenal. Pakai match_correct atau "
            "map_response di sistem asal."
        )
    return "own" if len(processing) else ""


@dataclass(frozen=True)
class AcceptedNumber:
    """A number that earns something, as a question here writes it."""

    value: str
    tolerance: str
    worth: Decimal = Decimal(1)


def accepted_by_rules(root: Element, response: Response) -> list[AcceptedNumber]:
    """Return the numbers that earn marks, each with its tolerance.

    Own rules are read where they compare with `equal` or with nested limits; raises
    NotTaken for any others, since a tolerance that is lost changes marks.
    """
    processing = root.find("responseProcessing")
    ranges = [] if processing is None else _ranges_in(processing)
    if ranges:
        return ranges
    if template_of(root) == "own" and not (processing or root).findall(".//equal"):
        has_match = processing is not None and processing.find(".//match") is not None
        if not has_match:
            raise NotTaken(
                "Aturan nilai angkanya ditulis khusus dan tidak dapat dibaca. Tulis "
                "ulang soal ini."
            )
    tolerance = _tolerance_in(processing)
    return [AcceptedNumber(one, tolerance) for one in response.correct]


def _tolerance_in(processing: Element | None) -> str:
    tests = [] if processing is None else list(processing.iter("equal"))
    said = {
        (one.get("toleranceMode", "exact"), one.get("tolerance", "0")) for one in tests
    }
    if all(mode == "exact" for mode, _amount in said):
        return "0"
    mode, words = next(iter(said))
    amounts = {number_of(one) for one in words.split()}
    if len(said) > 1 or len(amounts) != 1 or min(amounts) < 0:
        raise NotTaken("Toleransi angkanya tidak simetris. Tulis ulang soal ini.")
    amount = f"{amounts.pop():f}"
    return amount if mode == "absolute" else f"{amount}%"


def _ranges_in(processing: Element) -> list[AcceptedNumber]:
    """Return the numbers of limits inside limits, as this site writes them."""
    found = []
    for outer in processing.iter("responseIf"):
        low, high = _limit(outer, "gte"), None
        for inner in outer.iterfind("responseCondition/responseIf"):
            high = _limit(inner, "lte")
            worth = inner.find("setOutcomeValue/baseValue")
            if low is None or high is None or worth is None:
                continue
            value, amount = (low + high) / 2, (high - low) / 2
            found.append(
                AcceptedNumber(
                    _plain(value), _plain(round(amount, 6)), number_of(worth.text)
                )
            )
    return found[::-1]


def _limit(step: Element, name: str) -> Decimal | None:
    said = step.find(f"{name}/baseValue")
    return None if said is None else number_of(said.text)


def _plain(number: Decimal) -> str:
    words = f"{number:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
