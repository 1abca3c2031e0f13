"""The SQL behind the completion report, the same on PostgreSQL and SQLite.

There are two kinds of rows, and a query ("arm") for each: active enrolments, and
orders that somebody has not started to follow. An arm reads units, then people, then
courses in the order of the result, so that a page stops after the rows it needs.
What a row shows besides is joined afterwards, to the rows that are left.
"""

from accounts.nip import normalise_nip
from reports.filters.completion import Question, Status
from reports.sql import Sql

# Late is who was to be done and has not completed the course in any cycle.
_IS_LATE = """COALESCE(due.is_past, FALSE) AND NOT EXISTS (
    SELECT 1 FROM courses_enrollment d WHERE d.person_id = u.id
      AND d.course_id = e.course_id AND d.completed_at IS NOT NULL)"""

# The first five columns are the order of the report.
_ENROLLED = """SELECT place.path AS unit_path, u.name AS person_name,
  u.id AS person_id, e.course_id, e.cycle,
  e.id AS enrollment_id, place.name AS unit_name, due.due_on,
  CASE WHEN e.completed_at IS NOT NULL THEN 'done' WHEN {is_late} THEN 'late'
       ELSE 'learning' END AS status
FROM place {members}
JOIN courses_enrollment e ON e.person_id = u.id AND e.state = 'active'
LEFT JOIN due ON due.unit_id = place.unit_id AND due.course_id = e.course_id
WHERE {conditions}"""

_NOT_STARTED = """SELECT place.path AS unit_path, u.name AS person_name,
  u.id AS person_id, due.course_id, 0 AS cycle,
  CAST(NULL AS bigint) AS enrollment_id, place.name AS unit_name, due.due_on,
  CASE WHEN due.is_past THEN 'late' ELSE 'todo' END AS status
FROM place {members}
JOIN due ON due.unit_id = place.unit_id
WHERE {conditions} AND NOT EXISTS (
    SELECT 1 FROM courses_enrollment e WHERE e.person_id = u.id
      AND e.course_id = due.course_id AND e.state = 'active')"""

_SHOW = """SELECT u.title_prefix, u.name, u.title_suffix, u.nip, pair.unit_name,
  COALESCE(v.title, c.code), pair.status, COALESCE(e.progress, 0),
  e.final_percent, e.started_at, e.completed_at, pair.due_on, cert.number
FROM ({pairs}) pair
JOIN accounts_user u ON u.id = pair.person_id
JOIN courses_course c ON c.id = pair.course_id
LEFT JOIN courses_courseversion v ON v.id = c.current_version_id
LEFT JOIN courses_enrollment e ON e.id = pair.enrollment_id
LEFT JOIN certificates_certificate cert ON cert.enrollment_id = e.id
  AND NOT EXISTS (SELECT 1 FROM certificates_certificate n
                  WHERE n.replaces_id = cert.id)
  AND NOT EXISTS (SELECT 1 FROM certificates_revocation r
                  WHERE r.certificate_id = cert.id)
ORDER BY pair.unit_path, pair.person_name, pair.person_id, pair.course_id, pair.cycle"""

# A page sorts each arm no further than it needs, then both of them together.
_PAGE_OF_ARM = """SELECT * FROM ({arm}
  ORDER BY 1, 2, 3, 4, 5 LIMIT %s) arm"""
_PAGE = """SELECT * FROM ({arms}) arms
  ORDER BY 1, 2, 3, 4, 5 LIMIT %s OFFSET %s"""
_COUNTED_ARM = "SELECT * FROM ({arm} LIMIT %s) arm"
_COUNT = "SELECT COUNT(*) FROM ({arms}) counted"

_NIP_DIGITS = 18
_COURSE = "{course_id} = (SELECT id FROM courses_course WHERE key = %s)"


def has_answer(question: Question) -> bool:
    """Say whether there can be a row at all; the statements below need that."""
    return not question.reach.is_empty and bool(_arms(question))


def all_rows(question: Question) -> Sql:
    """Return the statement for every row."""
    united = _united(_arms(question))
    return question.reach.ask(_SHOW.format(pairs=united.text), united.params)


def some_rows(question: Question, *, start: int, stop: int) -> Sql:
    """Return the statement for the rows from `start` up to `stop`."""
    united = _united(
        [
            Sql(_PAGE_OF_ARM.format(arm=arm.text), (*arm.params, stop))
            for arm in _arms(question)
        ]
    )
    page = _PAGE.format(arms=united.text)
    params = (*united.params, stop - start, start)
    return question.reach.ask(_SHOW.format(pairs=page), params)


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
    return Sql(text, tuple(param for arm in arms for param in arm.params))


def _arms(question: Question) -> list[Sql]:
    """Return the arms that can have rows: only enrolments have a completion."""
    status = question.filters.status
    arms = []
    if status != Status.TODO:
        arms.append(_arm(question, _ENROLLED, _enrolled_conditions(question)))
    if not question.filters.has_days and status not in {Status.DONE, Status.LEARNING}:
        arms.append(_arm(question, _NOT_STARTED, _not_started_conditions(question)))
    return arms


def _arm(question: Question, text: str, conditions: list[Sql]) -> Sql:
    members = question.reach.members()
    conditions = conditions + _word_conditions(question.filters.words)
    filled = text.format(
        members=members.text,
        is_late=_IS_LATE,
        conditions=" AND ".join(one.text for one in conditions) or "TRUE",
    )
    params = tuple(param for one in conditions for param in one.params)
    return Sql(filled, (*members.params, *params))


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


def _not_started_conditions(question: Question) -> list[Sql]:
    filters = question.filters
    conditions = []
    if filters.course:
        course = _COURSE.format(course_id="due.course_id")
        conditions.append(Sql(course, (filters.course,)))
    if filters.status:
        is_late = filters.status == Status.LATE
        conditions.append(Sql("due.is_past" if is_late else "NOT due.is_past"))
    return conditions


def _word_conditions(words: str) -> list[Sql]:
    """Look for a NIP, typed with spaces or not, or for each word in the name."""
    number = normalise_nip(words)
    if number.isdigit():
        if len(number) == _NIP_DIGITS:
            return [Sql("u.nip = %s", (number,))]
        return [Sql("u.nip LIKE %s", (f"%{number}%",))]
    like = r"UPPER(u.name) LIKE UPPER(%s) ESCAPE '\'"
    return [Sql(like, (f"%{_escaped(word)}%",)) for word in words.split()]


def _escaped(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, f"\\{sign}")
    return word
