"""Which orders concern whom, and by when: the one place that says so, as SQL.

The home page asks for one person, reports and reminders for many; all of them put the
pieces below into their statements, with the order as ``a``, the person as ``u`` and
her unit as ``place``. An order concerns the people of its unit and below whom its rule
keeps. How the unit is joined is the caller's business, so that each goes from the few
to the many: from orders outwards, or from one person upwards.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from lib.paths import SEGMENT_LENGTH

# As long as the column of a path.
PATH_LENGTH = 120
SqlPiece = tuple[str, tuple[Any, ...]]

_LISTS = (
    ("jabatan_kinds", "jabatan_kind"),
    ("golongans", "golongan"),
    ("statuses", "employment_status"),
)
NAMED = """EXISTS (SELECT 1 FROM courses_orderperson n
    WHERE n.order_id = a.id AND n.person_id = u.id)"""
# The latest unit she was placed in.
PLACED = """(SELECT MAX(m.starts_on) FROM accounts_unitmembership m
      WHERE m.person_id = u.id)"""
_EXTENDED = """(SELECT MAX(x.due_on) FROM courses_deadlineextension x
      LEFT JOIN accounts_unit xu ON xu.id = x.unit_id
      WHERE x.order_id = a.id{known} AND ({hers}
        (xu.path <= place.path AND place.path < xu.path || '[')))"""


def keeps(**columns: str) -> str:
    """Return the condition "the rule of ``a`` keeps ``u``", by its lists alone.

    `columns` names other places of a person's jabatan, golongan or status than her
    row. Names of people are another condition (`NAMED`), or a join.
    """
    finds = "strpos" if connection.vendor == "postgresql" else "instr"
    return " AND ".join(
        f"(a.{rule} = '' OR {finds}(a.{rule}, '|' || "
        f"{columns.get(column, f'u.{column}')} || '|') > 0)"
        for rule, column in _LISTS
    )


def due_day(*, placed: str = PLACED, known: str = "", of_unit: bool = False) -> str:
    """Return the day by which ``a`` wants it of ``u``, extensions included.

    `placed` is the day of her placement, `known` a condition on extensions ``x``. With
    `of_unit` there is no ``u``: the day of orders that are not personal.
    """
    hers = "" if of_unit else "x.person_id = u.id OR"
    extended = _EXTENDED.format(known=known, hers=hers)
    base = "a.due_on" if of_unit else _base(placed)
    return f"{_latest()}({base}, COALESCE({extended}, {base}))"


def _base(placed: str) -> str:
    start = f"{_latest()}(a.starts_on, COALESCE({placed}, a.starts_on))"
    if connection.vendor == "postgresql":
        counted = f"({start} + a.due_days)"
    else:
        counted = f"date({start}, '+' || a.due_days || ' days')"
    return f"COALESCE(a.due_on, {counted})"


def _latest() -> str:
    return "GREATEST" if connection.vendor == "postgresql" else "MAX"


class HerOrders(NamedTuple):
    """Subqueries about the course of the statement around them, for one person."""

    due_on: SqlPiece
    reason: SqlPiece
    suggested: SqlPiece


_OF_PERSON = """FROM courses_assignment a
  JOIN accounts_unit top ON top.id = a.unit_id
  JOIN accounts_user u ON u.id = %s
  JOIN accounts_unit place ON place.id = u.unit_id
  WHERE a.course_id = courses_course.id AND a.cancelled_at IS NULL
    AND {is_required} AND top.path IN ({paths})
    AND {keeps} AND (NOT a.is_named OR {named})"""


def of_person(person_id: int, paths: Sequence[str]) -> HerOrders:
    """Return what orders say to one person, whose unit and those above are `paths`.

    To be put where ``courses_course`` is read.
    """
    params = (person_id, *paths)

    def hers(is_required: str) -> str:
        return _OF_PERSON.format(
            is_required=is_required,
            paths=", ".join(["%s"] * len(paths)),
            keeps=keeps(),
            named=NAMED,
        )

    orders = hers("a.is_required")
    reason = f"""(SELECT x.reason {orders.replace(" WHERE ", _JOIN_EXTENSIONS, 1)}
    ORDER BY x.due_on DESC, x.id DESC LIMIT 1)"""
    return HerOrders(
        due_on=(f"(SELECT MIN({due_day()}) {orders})", params),
        reason=(reason, params),
        suggested=(f"EXISTS (SELECT 1 {hers('NOT a.is_required')})", params),
    )


_JOIN_EXTENSIONS = """ JOIN courses_deadlineextension x ON x.order_id = a.id
  LEFT JOIN accounts_unit xu ON xu.id = x.unit_id
  WHERE (x.person_id = u.id
    OR (xu.path <= place.path AND place.path < xu.path || '[')) AND """

# Each unit with every path above it and its own: a join of equals, of which databases
# know how many there are. A range (`path >= top`) sends PostgreSQL astray.
_ABOVE = """SELECT one.id, one.path, substr(one.path, 1, long.n) AS above
    FROM accounts_unit one JOIN ({lengths}) long ON long.n <= length(one.path)"""
_LENGTHS = " UNION ALL ".join(
    f"SELECT {depth * SEGMENT_LENGTH} AS n"
    for depth in range(1, PATH_LENGTH // SEGMENT_LENGTH + 1)
)

# Everybody whom required orders concern, from orders outwards: by rule, and by name.
_BY_RULE = """SELECT a.id AS order_id, a.course_id, u.id AS person_id,
    u.time_zone, {due_day} AS due_on
  FROM courses_assignment a
  JOIN accounts_unit top ON top.id = a.unit_id
  JOIN ({above}) place ON place.above = top.path
  JOIN accounts_user u ON u.unit_id = place.id AND u.is_active
  WHERE a.cancelled_at IS NULL AND a.is_required AND NOT a.is_named
    AND {keeps} AND {condition}"""
_BY_NAME = """SELECT a.id, a.course_id, u.id, u.time_zone, {due_day}
  FROM courses_assignment a
  JOIN accounts_unit top ON top.id = a.unit_id
  JOIN courses_orderperson n ON n.order_id = a.id
  JOIN accounts_user u ON u.id = n.person_id AND u.is_active
  JOIN accounts_unit place ON place.id = u.unit_id
    AND place.path >= top.path AND place.path < top.path || '['
  WHERE a.cancelled_at IS NULL AND a.is_required AND a.is_named
    AND {keeps} AND {condition}"""


def everybody(condition: str = "TRUE", params: tuple[Any, ...] = ()) -> SqlPiece:
    """Return the SELECT of (order_id, course_id, person_id, time_zone, due_on).

    Of all required orders that are open and for which `condition` holds; it may speak
    of ``a``, ``u`` and ``place``. People without an account in use are left out.
    """
    words = {"due_day": due_day(), "keeps": keeps(), "condition": condition}
    above = _ABOVE.format(lengths=_LENGTHS)
    by_rule = _BY_RULE.format(above=above, **words)
    text = f"{by_rule}\n  UNION ALL\n  {_BY_NAME.format(**words)}"
    return text, (*params, *params)
