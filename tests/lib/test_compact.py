"""Pages without indentation say what they said before."""

from django.template import Context, Template


def render(source: str, **context: object) -> str:
    return Template(
        "{% load compact %}{% compact %}" + source + "{% endcompact %}"
    ).render(Context(context))


def test_indentation_and_empty_lines_are_left_out():
    html = render("<ul>\n  {% if 1 %}\n\n    <li>satu</li>\n  {% endif %}\n</ul>")

    assert html == "<ul>\n<li>satu</li>\n</ul>"


def test_words_on_two_lines_stay_apart():
    assert render("<b>satu</b>\n    <b>dua</b>") == "<b>satu</b>\n<b>dua</b>"


def test_what_is_shown_with_its_spaces_keeps_them():
    kept = "<pre>a\n\n   b</pre>\n<textarea>\n  c\n\n  d</textarea>"

    assert render(kept) == kept


def test_a_no_break_space_is_no_indentation():
    assert render("satu\n\xa0dua") == "satu\n\xa0dua"


def test_what_people_wrote_is_still_escaped():
    assert render("{{ said }}", said="<b>\n  x") == "&lt;b&gt;\nx"
