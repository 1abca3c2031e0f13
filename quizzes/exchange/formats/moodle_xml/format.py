"""Moodle XML: read as Moodle writes it, written as Moodle reads it.

https://docs.moodle.org/en/Moodle_XML_format and `question/format/xml/format.php`.
Pictures stand inside as base64. What Moodle cannot say goes along in an element that
it skips, `<melek>`, with a JSON object (`moodle_question`).
"""

from quizzes.exchange.formats.moodle_xml.reading import read
from quizzes.exchange.formats.moodle_xml.writing import render

__all__ = ["read", "render"]
