"""The question types of Moodle XML, each as one of Moodle's kinds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from xml.etree.ElementTree import Element

from quizzes.exchange.formats.moodle.question import (
    DEFAULT_GRADING,
    FALSE_TEXT,
    FIRST_MATCH,
    TRUE_TEXT,
    MoodleAnswer,
    MoodleKind,
    MoodlePair,
    MoodleQuestion,
    fewer_steps_loss,
    machine_number,
    other_numbers_loss,
)
from quizzes.exchange.formats.moodle.reading import Context
from quizzes.exchange.formats.moodle_xml.tree import inner_text
from quizzes.exchange.formats.texts import TextReader
from quizzes.questions.types.shares import read_share

FILES = "@@PLUGINFILE@@/"
PICTURE = "\N{DOWNWARDS ARROW}picture"
"""The attribute under which reading leaves the path of a picture on its `file`."""

OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "essay": "uraian",
        "description": "keterangan",
        "cloze": "jawaban tertanam (Cloze)",
        "multianswer": "jawaban tertanam (Cloze)",
        "calculated": "hitungan",
        "calculatedsimple": "hitungan sederhana",
        "calculatedmulti": "hitungan pilihan ganda",
        "ddimageortext": "tarik ke gambar",
        "ddmarker": "penanda pada gambar",
        "randomsamatch": "menjodohkan acak",
        "random": "acak",
    }
)


@dataclass(frozen=True)
class XmlBody:
    """The element of a question, its texts, and where problems go."""

    element: Element
    texts: TextReader
    context: Context

    def said(self, name: str) -> str:
        """Return the bare words of a child."""
        return bare(self.element.find(name))

    def block(self, name: str) -> str:
        """Return a text of paragraphs."""
        found = self.element.find(name)
        words = "" if found is None else bare(found, is_raw=True)
        return self.texts.block(words, self._format(found), pictures_of(found))

    def line(self, element: Element | None) -> str:
        """Return a line of text."""
        words = bare(element, is_raw=True)
        return self.texts.line(words, self._format(element))

    def words(self, element: Element | None) -> str:
        """Return a line that says no format; Moodle takes entities for signs there."""
        return self.texts.line(bare(element, is_raw=True), "moodle")

    def _format(self, element: Element | None) -> str:
        return "moodle" if element is None else element.get("format", "moodle")

    def share(self, answer: Element) -> Decimal:
        """Return the weight of an answer."""
        percent = answer.get("fraction", "0")
        share = read_share(percent)
        if share is None:
            self.context.problems.append(
                f"Bobot “{percent[:20]}” tidak terbaca. "
                "Tulis misalnya 50 atau -33.33333."
            )
        return share or Decimal(0)

    def answers(self) -> list[MoodleAnswer]:
        """Return the answers with their weights and feedback."""
        return [
            MoodleAnswer(
                self.line(answer),
                self.share(answer),
                self.line(answer.find("feedback")),
            )
            for answer in self.element.iterfind("answer")
        ]


def bare(element: Element | None, *, is_raw: bool = False) -> str:
    """Return the words of an element, in a `text` of its own or not.

    Markup that stands there as elements, not as escaped text, is part of the words.
    """
    if element is None:
        return ""
    inner = element.find("text")
    words = (element.text or "") if inner is None else inner_text(inner)
    return words if is_raw else words.strip()


def is_one(words: str) -> bool:
    """Whether a number that may be left out is 1."""
    number = machine_number(words or "1")
    return number is not None and Decimal(number) == 1


def pictures_of(element: Element | None) -> dict[str, str]:
    """Return the paths of the pictures that came with one text, by their address."""
    files = [] if element is None else element.findall("file")
    return {
        f"{FILES}{file.get('path', '/').lstrip('/')}{file.get('name', '')}": path
        for file in files
        if (path := file.get(PICTURE))
    }


def _choice(body: XmlBody, question: MoodleQuestion) -> MoodleQuestion:
    is_single = body.said("single").lower() not in {"false", "0"}
    if body.said("shuffleanswers").lower() in {"false", "0"}:
        body.context.losses.append(
            "Di Moodle pilihan soal ini tidak diacak. Di sini hal itu diatur di kuis."
        )
    kind: MoodleKind = "choice" if is_single else "choices"
    return replace(question, kind=kind, answers=body.answers())


def _true_false(body: XmlBody, question: MoodleQuestion) -> MoodleQuestion:
    found = {bare(answer).lower(): answer for answer in body.element.iterfind("answer")}
    if set(found) != {"true", "false"}:
        body.context.problems.append(
            "Jawaban true dan false tidak lengkap. Ekspor ulang soal ini dari Moodle."
        )
    answers = [
        MoodleAnswer(
            word, body.share(found[value]), body.line(found[value].find("feedback"))
        )
        for word, value in ((TRUE_TEXT, "true"), (FALSE_TEXT, "false"))
        if value in found
    ]
    kind: MoodleKind = "truefalse" if len(answers) == 2 else "choice"
    return replace(question, kind=kind, answers=answers)


def _text(body: XmlBody, question: MoodleQuestion) -> MoodleQuestion:
    answers = [
        MoodleAnswer(
            bare(answer), body.share(answer), body.line(answer.find("feedback"))
        )
        for answer in body.element.iterfind("answer")
    ]
    is_exact = body.said("usecase") == "1"
    return replace(question, kind="text", answers=answers, case_matters=is_exact)


def _number(body: XmlBody, question: MoodleQuestion) -> MoodleQuestion:
    answers: list[MoodleAnswer] = []
    found = body.element.findall("answer")
    for at, answer in enumerate(found, 1):
        words, allowed = bare(answer), bare(answer.find("tolerance"))
        if words == "*":
            body.context.losses.append(other_numbers_loss(body.share(answer)))
            body.context.losses += [FIRST_MATCH] * (at < len(found))
            continue
        number, amount = machine_number(words), machine_number(allowed or "0")
        if number is None or amount is None:
            body.context.problems.append(
                f"Angka “{words[:40]}” atau toleransi “{allowed[:40]}” tidak terbaca. "
                "Tulis misalnya 9.6 dan 0.5."
            )
        answers.append(
            MoodleAnswer(
                number or words[:40],
                body.share(answer),
                body.line(answer.find("feedback")),
                amount or "0",
            )
        )
    body.context.losses += _unit_losses(body)
    return replace(question, kind="number", answers=answers, unit=_unit(body))


def _unit_losses(body: XmlBody) -> list[str]:
    """Say what Moodle makes of a unit beside the number."""
    losses = []
    if body.said("unitgradingtype") not in {"", "0"}:
        losses.append(
            "Di Moodle satuan yang keliru mengurangi nilai; di sini satuan tidak "
            "dinilai. Tulis satuannya di soal."
        )
    if any(
        not is_one(bare(unit.find("multiplier"))) for unit in body.element.iter("unit")
    ):
        losses.append(
            "Pengali satuan tidak ikut: di sini hanya angka dalam satuan pertama yang "
            "benar. Tulis di soal satuan mana yang diminta."
        )
    return losses


def _unit(body: XmlBody) -> str:
    names = [bare(unit.find("unit_name")) for unit in body.element.iter("unit")]
    if len(names) > 1:
        body.context.losses.append(
            "Satuan lain dan pengalinya tidak ikut. Tulis di soal satuan mana yang "
            "diminta."
        )
    return names[0] if names else ""


def _match(body: XmlBody, question: MoodleQuestion) -> MoodleQuestion:
    pairs = []
    for row in body.element.iterfind("subquestion"):
        pair = MoodlePair(body.line(row), body.words(row.find("answer")))
        pairs.append(pair)
        if bare(row) and not pair.text:
            body.context.losses.append(
                f"Baris untuk “{pair.match[:40]}” tidak berisi teks, sehingga menjadi "
                "pilihan tanpa baris. Tulis teks barisnya bila perlu."
            )
        if pair.text and not pair.match:
            body.context.problems.append(
                f"Baris “{pair.text[:40]}” tidak memiliki pasangan. Tulis pasangannya."
            )
    return replace(question, kind="match", pairs=pairs)


def _order(body: XmlBody, question: MoodleQuestion) -> MoodleQuestion:
    answers = [
        MoodleAnswer(body.line(answer)) for answer in body.element.iterfind("answer")
    ]
    selection = {"0": "ALL"}.get(body.said("selecttype"), body.said("selecttype"))
    body.context.losses += fewer_steps_loss(
        body.said("selectcount"), len(answers), selection.upper()
    )
    grading = body.said("gradingtype").upper() or DEFAULT_GRADING
    return replace(question, kind="order", answers=answers, grading=grading)


def _gaps(body: XmlBody, question: MoodleQuestion) -> MoodleQuestion:
    found = [
        *body.element.iterfind("selectoption"),
        *body.element.iterfind("dragbox"),
    ]
    answers = [
        MoodleAnswer(
            body.line(one) if one.tag == "dragbox" else body.words(one),
            group=bare(one.find("group")) or "1",
        )
        for one in found
    ]
    for one, answer in zip(found, answers, strict=True):
        if bare(one) and not answer.text:
            body.context.losses.append(
                "Satu kata yang dapat dipilih tidak berisi teks, sehingga tidak ikut. "
                "Tulis katanya bila perlu."
            )
    return replace(question, kind="gaps", answers=answers)


_Reader = Callable[[XmlBody, MoodleQuestion], MoodleQuestion]
BY_NAME: Mapping[str, _Reader] = MappingProxyType(
    {
        "multichoice": _choice,
        "truefalse": _true_false,
        "shortanswer": _text,
        "numerical": _number,
        "matching": _match,
        "match": _match,
        "ordering": _order,
        "gapselect": _gaps,
        "ddwtos": _gaps,
        "ddwordtos": _gaps,
    }
)
