"""A part of a template that is rendered once."""

from django.template import Context, engines
from django.utils import translation


def test_a_part_is_rendered_once(monkeypatch):
    page = engines["django"].from_string(
        "{% load once i18n %}{% once %}<b>{% translate 'Beranda' %}</b>{% endonce %}"
    )
    first = page.render()
    assert first == "<b>Beranda</b>"
    monkeypatch.setattr("django.templatetags.i18n.TranslateNode.render", None)

    assert page.render() == first


def test_nothing_of_a_request_stays_behind():
    page = (
        engines["django"]
        .from_string("{% load once %}{% once %}[{{ said }}]{% endonce %} {{ said }}")
        .template
    )

    assert page.render(Context({"said": "rahasia"})) == "[] rahasia"
    assert page.render(Context({"said": "lain"})) == "[] lain"


def test_every_language_has_its_own():
    page = engines["django"].from_string(
        "{% load once i18n %}{% once %}{% get_current_language as code %}{{ code }}"
        "{% endonce %}"
    )

    for code in ("id", "en", "id"):
        with translation.override(code):
            assert page.render() == code
