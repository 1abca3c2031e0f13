"""Filters that show a value in a narrow column."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def before_year(text: str) -> str:
    """Let a short date break before its year and nowhere else: "21 Nov / 2026"."""
    return text.replace(" ", "\N{NO-BREAK SPACE}", 1)


@register.filter
def after_slashes(text: str | None) -> SafeString:
    """Let a certificate's number break after its slashes. Nothing stays nothing."""
    parts = ((part,) for part in (text or "").split("/"))
    return format_html_join(mark_safe("/<wbr>"), "{}", parts)
