"""Questions into Moodle XML: texts as HTML, pictures inside."""

import base64
import json
import re
from collections.abc import Sequence
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lib import markdown
from lib.markdown import MarkdownProblem
from quizzes.exchange.formats.exchange import ImageReader, Rendering, no_images
from quizzes.exchange.formats.html_to_markdown import html_to_line, html_to_markdown
from quizzes.exchange.formats.moodle.question import (
    MoodleAnswer,
    MoodleQuestion,
    choice_words,
    percent_of,
)
from quizzes.exchange.formats.moodle.writing import to_moodle
from quizzes.exchange.formats.texts import KeptTexts, line_of_words
from quizzes.questions.content import QuestionContent
from quizzes.questions.pictures import PICTURE_PATH as PATH

_FILES = "@@PLUGINFILE@@/"
_NOT_XML = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LETTERS = 26
_NAMES = {
    "choice": "multichoice",
    "choices": "multichoice",
    "text": "shortanswer",
    "number": "numerical",
    "match": "matching",
    "order": "ordering",
    "gaps": "gapselect",
}


def render(
    questions: Sequence[QuestionContent], image: ImageReader = no_images
) -> Rendering:
    """Return the questions as Moodle XML, which every type can be read back from."""
    root, losses = Element("quiz"), []
    for question in questions:
        written = to_moodle(question, "xml")
        if written.refusal:
            losses.append((question.key, written.refusal))
            continue
        writer = _Writer(root, written.question, image)
        writer.write()
        found = dict.fromkeys([*written.losses, *writer.losses])
        losses += [(question.key, loss) for loss in found]
    indent(root)
    return Rendering(
        tostring(root, encoding="utf-8", xml_declaration=True),
        "soal-moodle.xml",
        "application/xml",
        losses,
    )


class _Writer:
    """Writes one question; keeps the Markdown of texts that HTML would change."""

    def __init__(
        self, root: Element, moodle: MoodleQuestion, image: ImageReader
    ) -> None:
        self._moodle = moodle
        self._image = image
        self._texts = KeptTexts()
        self.losses = self._texts.losses
        self._element = SubElement(root, "question", type=_NAMES[moodle.kind])

    def write(self) -> None:
        """Add the whole question to the file."""
        moodle = self._moodle
        _said(SubElement(self._element, "name"), moodle.name)
        self._block("questiontext", moodle.stem)
        self._block("generalfeedback", moodle.feedback)
        self._plain("defaultgrade", "1.0")
        self._plain("hidden", "0")
        self._plain("idnumber", moodle.idnumber)
        getattr(self, f"_write_{_NAMES[moodle.kind]}")(moodle)
        if moodle.tags:
            tags = SubElement(self._element, "tags")
            for tag in moodle.tags:
                _said(SubElement(tags, "tag"), tag)
        kept = self._texts.texts
        extras = {**moodle.extras, **({"kept": kept} if kept else {})}
        words = json.dumps(extras, ensure_ascii=False, separators=(",", ":"))
        _said(SubElement(self._element, "melek"), words)

    def _write_multichoice(self, moodle: MoodleQuestion) -> None:
        self._plain("single", "true" if moodle.kind == "choice" else "false")
        self._plain("shuffleanswers", "true")
        # Behind z Moodle goes on with signs that are no letters.
        numbering = "abc" if len(moodle.answers) <= _LETTERS else "123"
        self._plain("answernumbering", numbering)
        for answer in moodle.answers:
            self._answer(answer)

    def _write_shortanswer(self, moodle: MoodleQuestion) -> None:
        self._plain("usecase", "1" if moodle.case_matters else "0")
        for answer in moodle.answers:
            self._answer(answer, is_plain=True)

    def _write_numerical(self, moodle: MoodleQuestion) -> None:
        for answer in moodle.answers:
            element = self._answer(answer, is_plain=True)
            SubElement(element, "tolerance").text = answer.tolerance
        if moodle.unit:
            unit = SubElement(SubElement(self._element, "units"), "unit")
            SubElement(unit, "multiplier").text = "1"
            SubElement(unit, "unit_name").text = _clean(moodle.unit)
            # Shown, never asked for: 0 grades no unit, 3 asks for none.
            self._plain("unitgradingtype", "0")
            self._plain("showunits", "3")

    def _write_matching(self, moodle: MoodleQuestion) -> None:
        self._plain("shuffleanswers", "true")
        for pair in moodle.pairs:
            row = SubElement(self._element, "subquestion", format="html")
            _said(row, self._line(pair.text))
            _said(SubElement(row, "answer"), self._words(pair.match))

    def _write_ordering(self, moodle: MoodleQuestion) -> None:
        self._plain("layouttype", "VERTICAL")
        self._plain("selecttype", "ALL")
        self._plain("selectcount", "0")
        self._plain("gradingtype", moodle.grading)
        self._plain("showgrading", "SHOW")
        # Without it Moodle's import ends in the middle of the file.
        self._plain("shownumcorrect", "1")
        for position, answer in enumerate(moodle.answers, 1):
            element = SubElement(
                self._element, "answer", fraction=f"{position}.0", format="html"
            )
            _said(element, self._line(answer.text))

    def _write_gapselect(self, moodle: MoodleQuestion) -> None:
        self._plain("shuffleanswers", "1")
        for answer in moodle.answers:
            element = SubElement(self._element, "selectoption")
            _said(element, self._words(answer.text))
            SubElement(element, "group").text = answer.group

    def _answer(self, answer: MoodleAnswer, *, is_plain: bool = False) -> Element:
        element = SubElement(
            self._element,
            "answer",
            fraction=percent_of(answer.fraction),
            format="moodle_auto_format" if is_plain else "html",
        )
        _said(element, answer.text if is_plain else self._line(answer.text))
        feedback = SubElement(element, "feedback", format="html")
        _said(feedback, self._line(answer.feedback))
        return element

    def _plain(self, name: str, words: str) -> None:
        SubElement(self._element, name).text = _clean(words)

    def _block(self, name: str, text: str) -> None:
        """Write paragraphs as HTML, with the pictures that they show."""
        element = SubElement(self._element, name, format="html")
        found: dict[str, str] = {}

        def address(path: str) -> str:
            picture = PATH.fullmatch(path)
            if picture is None:
                raise LookupError(path)
            found[path] = f"{_FILES}{picture['name']}"
            return found[path]

        try:
            words = markdown.render(text, citations={}, image_url=address).html
        except MarkdownProblem:
            words = f"<p>{escape(text)}</p>"
        paths = {at: path for path, at in found.items()}
        self._keep(text, words, html_to_markdown(words, [], images=paths))
        _said(element, words)
        for path in found:
            self._file(element, path)

    def _file(self, element: Element, path: str) -> None:
        data = self._image(path)
        if data is None:
            self.losses.append(
                "Gambar tidak ditemukan di situs ini. Unggah lagi gambarnya."
            )
            return
        name = path.rpartition("/")[2]
        file = SubElement(element, "file", name=name, path="/", encoding="base64")
        file.text = base64.b64encode(data).decode()

    def _line(self, text: str) -> str:
        try:
            words = markdown.render_inline(text)
        except MarkdownProblem:
            words = escape(text)
        return self._keep(text, words, html_to_line(words, []))

    def _words(self, text: str) -> str:
        """Return a line where Moodle shows plain words."""
        words = choice_words(text)
        return self._keep(text, words, line_of_words(words, []))

    def _keep(self, text: str, words: str, again: str) -> str:
        self._texts.keep(text, _clean(words), again)
        return words


def _said(element: Element, words: str) -> None:
    SubElement(element, "text").text = _clean(words)


def _clean(words: str) -> str:
    """Return the words without signs that XML cannot hold."""
    return _NOT_XML.sub("", words)
