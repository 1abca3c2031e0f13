"""Orders, rules and deadlines in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.assigning.rules import Rule, read_list
from lib.indonesian import format_date, format_number


def rule_in_words(rule: Rule) -> str:
    """Return a rule as HR reads it: "PNS, CPNS · golongan III/a"; empty for all."""
    parts = []
    if rule.statuses:
        parts.append(", ".join(rule.statuses))
    if rule.jabatan_kinds:
        parts.append(", ".join(rule.jabatan_kinds))
    if rule.golongans:
        parts.append(_("golongan %(list)s") % {"list": ", ".join(rule.golongans)})
    return " · ".join(parts)


def rule_of(row: Any) -> Rule:
    """Return the rule of an order or a group."""
    return Rule(
        jabatan_kinds=read_list(row.jabatan_kinds),
        golongans=read_list(row.golongans),
        statuses=read_list(row.statuses),
    )


def whom_in_words(unit: Any, rule: Rule, named: int) -> str:
    """Return whom an order is for, in one line."""
    if named:
        return ngettext(
            "%(count)s pegawai yang dipilih", "%(count)s pegawai yang dipilih", named
        ) % {"count": format_number(named)}
    where = _("%(unit)s dan di bawahnya") % {"unit": unit.name}
    said = rule_in_words(rule)
    return f"{where} · {said}" if said else where


def deadline_in_words(row: Any) -> str:
    """Return the deadline of an order or of what is to be one."""
    if row.due_on is not None:
        return format_date(row.due_on, style="medium")
    if row.due_days is not None:
        return _("%(days)s hari sejak penempatan") % {
            "days": format_number(row.due_days)
        }
    return _("Anjuran, tanpa tenggat")


def course_titles(courses: Sequence[Any]) -> list[str]:
    """Return the titles that people see."""
    return [
        course.current_version.title if course.current_version else course.code
        for course in courses
    ]
