"""The SQL behind the completion report, the same on PostgreSQL and SQLite.

There are two kinds of rows, and queries ("arms") for each: active enrolments, and
orders that somebody has not started to follow, those of a whole unit and those that are
hers. An arm reads units, then people, then
courses in the order of the result, so that a page stops after the rows it needs.
What a row shows besides is joined afterwards, to the rows that are left.
"""

from collections.abc import Iterable
from typing import Any

from accounts.nip import normalise_nip
from lib.folding import folded_words
from reports.filters.completion import Question, Status
from reports.sql import Sql
from reports.units.people import BEFORE_NIP, BEHIND_NIP, detail

# Late is who was to be done and has not completed the course in any cycle.
_IS_PAST = "(COALESCE(due.is_past, FALSE) OR COALESCE(hers.is_past, FALSE))"
_IS_LATE = """(COALESCE(due.is_past, FALSE) OR COALESCE(hers.is_past, FALSE))
  AND NOT EXISTS (
    SELECT 1 FROM courses_enrollment d WHERE d.person_id = u.id
      AND d.course_id = e.course_id AND d.completed_at IS NOT NULL)"""

# The earlier of what all of her unit are to do and what she is.
_DUE_ON = """CASE WHEN hers.due_on IS NULL OR due.due_on <= hers.due_on
    THEN due.due_on ELSE hers.due_on END AS due_on"""

# The first five columns are the order of the report.
_ENROLLED = """SELECT place.path AS unit_path, u.name_key AS person_name,
  u.id AS person_id, e.course_id, e.cycle,
  e.id AS enrollment_id, place.name AS unit_name, {due_on},
  CASE WHEN e.completed_at IS NOT NULL THEN 'done' WHEN {is_late} THEN 'late'
       ELSE 'learning' END AS status
FROM place {members}
JOIN courses_enrollment e ON e.person_id = u.id AND e.state = 'active'
LEFT JOIN due ON due.unit_id = place.unit_id AND due.course_id = e.course_id
LEFT JOIN hers ON hers.person_id = u.id AND hers.unit_id = place.unit_id
  AND hers.course_id = e.course_id
WHERE {conditions}"""

_NOT_STARTED = """SELECT place.path AS unit_path, u.name_key AS person_name,
  u.id AS person_id, due.course_id, 0 AS cycle,
  CAST(NULL AS bigint) AS enrollment_id, place.name AS unit_name, {due_on},
  CASE WHEN {is_past} THEN 'late' ELSE 'todo' END AS status
FROM place {members}
JOIN due ON due.unit_id = place.unit_id
LEFT JOIN hers ON hers.person_id = u.id AND hers.unit_id = place.unit_id
  AND hers.course_id = due.course_id
WHERE {conditions} AND NOT EXISTS (
    SELECT 1 FROM courses_enrollment e WHERE e.person_id = u.id
      AND e.course_id = due.course_id AND e.state = 'active')"""

# What she alone is to do, beside what all of her unit are.
_NOT_STARTED_HERS = """SELECT place.path AS unit_path, u.name_key AS person_name,
  u.id AS person_id, hers.course_id, 0 AS cycle,
  CAST(NULL AS bigint) AS enrollment_id, place.name AS unit_name, hers.due_on,
  CASE WHEN hers.is_past THEN 'late' ELSE 'todo' END AS status
FROM place {members}
JOIN hers ON hers.person_id = u.id AND hers.unit_id = place.unit_id
WHERE {conditions} AND NOT EXISTS (
    SELECT 1 FROM due WHERE due.unit_id = place.unit_id
      AND due.course_id = hers.course_id) AND NOT EXISTS (
    SELECT 1 FROM courses_enrollment e WHERE e.person_id = u.id
      AND e.course_id = hers.course_id AND e.state = 'active')"""

_SHOW = """SELECT {title_prefix}, {name}, {title_suffix}, {nip}, pair.unit_name,
  COALESCE(v.title, c.code), pair.status, COALESCE(e.progress, 0),
  {percent}, e.started_at, e.completed_at, pair.due_on, cert.number,
  pair.unit_path, {golongan}, {jabatan}, {employment_status}
FROM ({pairs}) pair
JOIN accounts_user u ON u.id = pair.person_id
JOIN courses_course c ON c.id = pair.course_id
LEFT JOIN courses_enrollment e ON e.id = pair.enrollment_id
LEFT JOIN courses_courseversion v
  ON v.id = COALESCE(e.completed_version_id, e.version_id, c.current_version_id)
LEFT JOIN certificates_certificate cert ON cert.enrollment_id = e.id{issued}
  AND NOT EXISTS (SELECT 1 FROM certificates_certificate n
                  WHERE n.replaces_id = cert.id{replaced})
  AND NOT EXISTS (SELECT 1 FROM certificates_revocation r
                  WHERE r.certificate_id = cert.id{revoked})
ORDER BY pair.unit_path, pair.person_name, pair.person_id, pair.course_id, pair.cycle"""

# What a past day did not know yet is left out: the person's later name, job and
# numbers (`units.people`), grades raised since, certificates issued, replaced or
# revoked since.
_BEFORE_NIP = (*BEFORE_NIP, "nip")
_SHOWN_TODAY = {
    "percent": "e.final_percent",
    "issued": "",
    "replaced": "",
    "revoked": "",
}
# Whoever has no row was never graded otherwise.
_SHOWN_THEN = {
    "percent": """(SELECT g.percent FROM courses_coursegrade g
    WHERE g.enrollment_id = e.id AND g.recorded_at < %s
    ORDER BY g.revision DESC LIMIT 1)""",
    "issued": " AND cert.issued_at < %s",
    "replaced": " AND n.issued_at < %s",
    "revoked": " AND r.revoked_at < %s",
}

# A page sorts each arm no further than it needs, then both of them together.
_PAGE_OF_ARM = """SELECT * FROM ({arm}
  ORDER BY 1, 2, 3, 4, 5 LIMIT %s) arm"""
_PAGE = """SELECT * FROM ({arms}) arms
  ORDER BY 1, 2, 3, 4, 5 LIMIT %s OFFSET %s"""
_COUNTED_ARM = "SELECT * FROM ({arm} LIMIT %s) arm"
_COUNT = "SELECT COUNT(*) FROM ({arms}) counted"

_NIP_DIGITS = 18
# Today or once: a number that was given up is on letters still.
_CARRIES = """EXISTS (SELECT 1 FROM accounts_personidentifier i
  WHERE i.person_id = u.id AND i.value = %s)"""
_COURSE = "{course_id} = (SELECT id FROM courses_course WHERE key = %s)"


def has_answer(question: Question) -> bool:
    """Say whether there can be a row at all; the statements below need that."""
    return not question.reach.is_empty and bool(_arms(question))


def all_rows(question: Question) -> Sql:
    """Return the statement for every row."""
    return _shown(question, _united(_arms(question)))


def some_rows(question: Question, *, start: int, stop: int) -> Sql:
    """Return the statement for the rows from `start` up to `stop`."""
    united = _united(
        [
            Sql(_PAGE_OF_ARM.format(arm=arm.text), (*arm.params, stop))
            for arm in _arms(question)
        ]
    )
    page = _PAGE.format(arms=united.text)
    return _shown(question, Sql(page, (*united.params, stop - start, start)))


def _shown(question: Question, pairs: Sql) -> Sql:
    """Return the statement that shows the pairs as they are, or were on a past day."""
    reach = question.reach
    named, job = (
        {field: detail(field, reach.day) for field in fields}
        for fields in (_BEFORE_NIP, BEHIND_NIP)
    )
    shown = _SHOWN_THEN if reach.day else _SHOWN_TODAY
    ends = (reach.day_ends_at,) if reach.day else ()
    texts = {field: one.text for field, one in (named | job).items()}
    statement = _SHOW.format(pairs=pairs.text, **texts, **shown)
    before = (*_params(named.values()), *ends, *_params(job.values()))
    return reach.ask(statement, (*before, *pairs.params, *ends * 3))


def _params(parts: Iterable[Sql]) -> tuple[Any, ...]:
    return tuple(param for part in parts for param in part.params)


def counted_rows(question: Question, *, limit: int) -> Sql:
    """Return the statement that counts the rows; each arm stops at `limit`."""
    united = _united(
        [
            Sql(_COUNTED_ARM.format(arm=arm.text), (*arm.params, limit))
            for arm in _arms(question)
        ]
    )
    return question.reach.ask(_COUNT.format(arms=united.text), united.params)


def _united(arms: list[Sql]) -> Sql:
    text = "\nUNION ALL\n".join(arm.text for arm in arms)
    return Sql(text, _params(arms))


def _arms(question: Question) -> list[Sql]:
    """Return the arms that can have rows: only enrolments have a completion."""
    status = question.filters.status
    arms = []
    if status != Status.TODO:
        arms.append(_arm(question, _ENROLLED, _enrolled_conditions(question)))
    if not question.filters.has_days and status not in {Status.DONE, Status.LEARNING}:
        of_unit = _not_started_conditions(question, "due.course_id", _IS_PAST)
        of_her = _not_started_conditions(question, "hers.course_id", "hers.is_past")
        arms.append(_arm(question, _NOT_STARTED, of_unit))
        arms.append(_arm(question, _NOT_STARTED_HERS, of_her))
    return arms


def _arm(question: Question, text: str, conditions: list[Sql]) -> Sql:
    members = question.reach.members()
    conditions = conditions + _word_conditions(question.filters.words)
    filled = text.format(
        members=members.text,
        due_on=_DUE_ON,
        is_late=_IS_LATE,
        is_past=_IS_PAST,
        conditions=" AND ".join(one.text for one in conditions) or "TRUE",
    )
    return Sql(filled, (*members.params, *_params(conditions)))


def _enrolled_conditions(question: Question) -> list[Sql]:
    filters = question.filters
    conditions = []
    if filters.course:
        course = _COURSE.format(course_id="e.course_id")
        conditions.append(Sql(course, (filters.course,)))
    if filters.status == Status.DONE or filters.has_days:
        conditions.append(Sql("e.completed_at IS NOT NULL"))
    if filters.status in {Status.LEARNING, Status.LATE}:
        conditions.append(Sql("e.completed_at IS NULL"))
        wanted = "" if filters.status == Status.LATE else "NOT "
        conditions.append(Sql(f"{wanted}({_IS_LATE})"))
    if question.since:
        conditions.append(Sql("e.completed_at >= %s", (question.since,)))
    if question.until:
        conditions.append(Sql("e.completed_at < %s", (question.until,)))
    return conditions


def _not_started_conditions(
    question: Question, course_id: str, is_past: str
) -> list[Sql]:
    filters = question.filters
    conditions = []
    if filters.course:
        course = _COURSE.format(course_id=course_id)
        conditions.append(Sql(course, (filters.course,)))
    if filters.status:
        is_late = filters.status == Status.LATE
        conditions.append(Sql(is_past if is_late else f"NOT {is_past}"))
    return conditions


def _word_conditions(words: str) -> list[Sql]:
    """Look for a NIP, typed with spaces or not, or for each word in the folded name."""
    number = normalise_nip(words)
    if number.isdigit():
        if len(number) == _NIP_DIGITS:
            return [Sql(_CARRIES, (number,))]
        return [Sql("u.nip LIKE %s", (f"%{number}%",))]
    like = r"u.name_key LIKE %s ESCAPE '\'"
    return [Sql(like, (f"%{_escaped(word)}%",)) for word in folded_words(words)]


def _escaped(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, f"\\{sign}")
    return word
