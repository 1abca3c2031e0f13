"""Parts of a page that are drawn once for each value."""

from dataclasses import dataclass

import pytest
from django.template import Context, TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import timezone, translation

from lib.templatetags import drawn


@dataclass(frozen=True)
class Card:
    """Something that is shown."""

    title: str


def template_of(text: str):
    """Return a template that knows the tag."""
    return engines["django"].from_string("{% load drawn i18n tz %}" + text)


def test_equal_values_are_drawn_once(monkeypatch):
    page = template_of("{% drawn_for card %}{{ card.title|upper }}{% enddrawn_for %}")
    assert page.render({"card": Card("a")}) == "A"
    monkeypatch.setattr("django.template.base.VariableNode.render", None)

    assert page.render({"card": Card("a")}) == "A"


def test_other_values_are_drawn_anew():
    page = template_of("{% drawn_for card %}{{ card.title }}{% enddrawn_for %}")

    for title in ("a", "b", "<i>", "a"):
        assert page.render({"card": Card(title)}) == title.replace("<i>", "&lt;i&gt;")


def test_values_that_are_equal_but_not_alike_are_told_apart():
    page = template_of("{% drawn_for value %}{{ value }}{% enddrawn_for %}")

    for value in (1, True, 1.0):
        assert page.template.render(Context({"value": value})) == str(
            "1,0" if value is not True and isinstance(value, float) else value
        )


def test_it_sees_what_it_is_drawn_for_and_nothing_else():
    page = template_of(
        "{% drawn_for title=card.title %}[{{ title }}{{ said }}{{ card }}]"
        "{% enddrawn_for %}"
    )

    assert page.render({"card": Card("a"), "said": "rahasia"}) == "[a]"


def test_tokens_are_those_of_the_request():
    page = template_of("{% drawn_for a %}{% csrf_token %}{{ a }}{% enddrawn_for %}")
    seen = {
        page.render({"a": 1, "csrf_token": token}) for token in ("eins", "zwei", "eins")
    }

    assert len(seen) == 2
    assert all("value=" in one and one.endswith("1") for one in seen)
    assert page.render({"a": 1}) == "1"


def test_the_token_of_a_real_request_passes():
    page = template_of("{% drawn_for a %}{% csrf_token %}{% enddrawn_for %}")
    request = RequestFactory().get("/")

    assert request.META.get("CSRF_COOKIE") is None
    said = page.render({"a": 1}, request)

    assert "csrfmiddlewaretoken" in said
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]


def test_a_fresh_token_is_fresh_each_time():
    inside = template_of(
        "{% drawn_for a %}{% fresh_token %} {% fresh_token %}{% enddrawn_for %}"
    )
    outside = template_of("{% fresh_token %} {% fresh_token %}")
    seen = [
        token
        for page in (inside, inside, outside, outside)
        for token in page.render({"a": 1}).split()
    ]

    assert len(set(seen)) == 8
    assert {len(token) for token in seen} == {36}


def test_every_language_and_zone_has_its_own(now):
    page = template_of(
        "{% drawn_for moment %}{% get_current_language as code %}{{ code }} "
        "{{ moment|localtime|date:'H' }}{% enddrawn_for %}"
    )
    seen = set()

    for code, zone in (("id", "Asia/Jakarta"), ("en", "Asia/Jakarta"), ("id", "UTC")):
        with translation.override(code), timezone.override(zone):
            seen.add(page.render({"moment": now}))

    assert len(seen) == 3


def test_it_keeps_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr(drawn, "KEPT", 3)
    page = template_of("{% drawn_for a %}{{ a }}{% enddrawn_for %}")
    (node,) = page.template.nodelist.get_nodes_by_type(drawn.DrawnNode)

    for number in range(10):
        page.render({"a": number})

    assert len(node._drawn) == 3
    assert page.render({"a": 0}) == "0"


def test_what_may_change_is_refused():
    page = template_of("{% drawn_for a %}{{ a }}{% enddrawn_for %}")

    with pytest.raises(TypeError, match="unhashable"):
        page.render({"a": [1]})


@pytest.mark.parametrize("said", ["", " 'a b'c", " a=", " a b|"])
def test_a_tag_that_names_nothing_is_refused(said):
    with pytest.raises(TemplateSyntaxError):
        template_of("{% drawn_for" + said + " %}{% enddrawn_for %}")
