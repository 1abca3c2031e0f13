"""One assessment item of QTI 2.1 while it is being written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from lib import markdown
from quizzes.exchange.formats.keys import replace_gaps
from quizzes.exchange.formats.qti.writing import (
    SCORE,
    add_block,
    add_stem,
    base_value,
    declare_outcome,
    new_item,
)
from quizzes.questions.content import QuestionContent

OPTION_FEEDBACK = "FEEDBACK"
_EXPLANATION = "PEMBAHASAN"
_LOST_FEEDBACK = (
    "Umpan balik tiap {} tidak ikut ke QTI. Bila perlu, pindahkan ke pembahasan."
)
# Without a value of its own an outcome that is a word ends one engine's marking.
_NOT_YET = "belum"


@dataclass
class QtiItem:
    """One assessment item being written."""

    identifier: str
    question: QuestionContent
    losses: list[str] = field(default_factory=list)
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        """Open the item under its first words."""
        # A gap is named by its answer, which no title may tell.
        words = replace_gaps(self.question.stem, lambda _key: "…")
        title = markdown.plain_line(words)[:120] or self.identifier
        self.root = new_item(self.identifier, title)

    def say_lost_feedback(self, what: str) -> None:
        """Tell that feedback of each option stays behind, if there is any."""
        if any(option.feedback for option in self.question.options):
            self.losses.append(_LOST_FEEDBACK.format(what))

    def show_chosen(self, cardinality: str) -> None:
        """Declare what names the feedback of the options chosen; before the body."""
        default = _NOT_YET if cardinality == "single" else ""
        declare_outcome(self.root, OPTION_FEEDBACK, cardinality, "identifier", default)

    def body(self, *, with_stem: bool = True) -> Element:
        """Declare the outcomes and open the body, with the question in it."""
        declare_outcome(self.root, SCORE, "single", "float", "0")
        if self.question.feedback:
            declare_outcome(self.root, _EXPLANATION, "single", "identifier", _NOT_YET)
        body = SubElement(self.root, "itemBody")
        if with_stem:
            self.losses += add_stem(SubElement(body, "div"), self.question)
        return body

    def processing(self) -> Element:
        """Open the response processing."""
        return SubElement(self.root, "responseProcessing")

    def close(self) -> None:
        """Add what is said afterwards; the last rule asks for it to be shown."""
        if self.question.feedback:
            for processing in self.root.iter("responseProcessing"):
                rule = SubElement(
                    processing, "setOutcomeValue", identifier=_EXPLANATION
                )
                base_value(rule, "identifier", "ada")
            said = SubElement(
                self.root,
                "modalFeedback",
                outcomeIdentifier=_EXPLANATION,
                identifier="ada",
                showHide="show",
            )
            self.losses += add_block(said, self.question.feedback)


@dataclass(frozen=True)
class WrittenItem:
    """The items of a question and what they lost."""

    items: Sequence[QtiItem]
    losses: Sequence[str]
