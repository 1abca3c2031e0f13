"""What is pasted is never cut without a word."""

import re
from pathlib import Path

from django import forms

from lib.markdown.checking import MAX_LENGTH
from tests import sources

URL = "/studio/kursus-kecil/pelajaran/satu/"
TEXTAREA = re.compile(r"<textarea[^\n]*maxlength")


def test_a_lesson_that_is_too_long_is_refused_and_kept(author, lesson_data):
    text = "x" * (MAX_LENGTH + 1)

    answer = author.post(URL, lesson_data(text=text))

    html = answer.content.decode()
    assert "60001" in html.replace(".", "")
    assert text in html
    assert 'maxlength="60000"' not in html


def test_no_text_area_lets_a_browser_cut_what_is_pasted():
    templates = Path("templates").rglob("*.html")
    cut = [path for path in templates if TEXTAREA.search(path.read_text("utf-8"))]
    fields = [
        field
        for form in forms.BaseForm.__subclasses__()[0].__subclasses__()
        if form.__module__.split(".")[0] in sources.ROOMS
        for field in form.base_fields.values()
        if isinstance(field.widget, forms.Textarea)
    ]

    assert cut == []
    assert len(fields) > 4
    assert not any("maxlength" in field.widget.render("x", "") for field in fields)
