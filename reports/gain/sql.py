"""The SQL behind the gain report, the same on PostgreSQL and SQLite.

For each person of the units in reach it takes the latest cycle of the course in which
she has handed in both tests, the pre-test before anything else (who has only begun
another cycle keeps her gain). There it takes the first pre-test and the post-test that
counts, and the percent she has in each: of everything, per objective, and per pillar.
Only sums per unit leave the database, never a person.
"""

from reports.sql import Sql
from reports.units.reach import Reach

# What a sum is about: everything, an objective ("o:<key>"), a pillar ("p:<key>").
WHOLE = ""
OBJECTIVE, PILLAR = "o:", "p:"

# As `courses.pretest.counts_for_gain` says of one person: nothing began before it.
_IS_BEGINNING = """NOT EXISTS (SELECT 1 FROM courses_lessoncompletion l
      WHERE l.enrollment_id = {attempt}.enrollment_id
        AND l.completed_at < {attempt}.submitted_at)
    AND NOT EXISTS (SELECT 1 FROM quizzes_attempt p
      JOIN quizzes_quiz w ON w.id = p.quiz_id AND w.purpose = 'posttest'
      WHERE p.enrollment_id = {attempt}.enrollment_id
        AND p.started_at < {attempt}.submitted_at)"""

_HAS_BOTH = """2 = (SELECT COUNT(DISTINCT k.purpose) FROM quizzes_attempt t
    JOIN quizzes_quiz k ON k.id = t.quiz_id AND k.purpose IN ('pretest', 'posttest')
    WHERE t.enrollment_id = {enrollment}.id AND t.state = 'submitted'
      AND (k.purpose = 'posttest' OR {is_beginning}))"""
_LATEST = """{both} AND NOT EXISTS (SELECT 1 FROM courses_enrollment later
    WHERE later.person_id = e.person_id AND later.course_id = e.course_id
      AND later.cycle > e.cycle AND {later_both})"""

# A pre-test counts as it was first taken, whatever its grade counts, as
# `quizzes.taking.rows.first_pretest` says of one person. Which post-test counts was
# decided when it was graded (`quizzes.taking.counting`). Where a later version has put
# another quiz in its place, the one she has sat last stands for her.
_COUNTS = """CASE WHEN q.purpose = 'posttest' THEN a.is_counted
      AND NOT EXISTS (SELECT 1 FROM quizzes_attempt o
        JOIN quizzes_quiz r ON r.id = o.quiz_id AND r.purpose = 'posttest'
        WHERE o.enrollment_id = a.enrollment_id AND o.is_counted AND o.id > a.id)
    ELSE NOT EXISTS (SELECT 1 FROM quizzes_attempt b
      JOIN quizzes_quiz f ON f.id = b.quiz_id AND f.purpose = 'pretest'
      WHERE b.enrollment_id = a.enrollment_id
        AND b.state = 'submitted' AND b.id < a.id)
      AND {is_beginning} END"""

_MARKS = """SELECT place.path, u.id AS person_id, q.purpose, v.objective_key,
    COALESCE(NULLIF(v.pillar, ''), cv.pillar) AS pillar,
    SUM(1.0 * i.max_points * i.share_numerator / i.share_denominator) AS points,
    SUM(i.max_points) AS most
  FROM place {members}
  JOIN courses_enrollment e ON e.person_id = u.id AND e.course_id = %s AND {latest}
  JOIN courses_courseversion cv ON cv.id = e.version_id
  JOIN quizzes_attempt a ON a.enrollment_id = e.id AND a.state = 'submitted'
  JOIN quizzes_quiz q ON q.id = a.quiz_id AND q.purpose IN ('pretest', 'posttest')
  JOIN quizzes_attemptitem i ON i.attempt_id = a.id AND NOT i.left_out
  JOIN quizzes_questionversion v ON v.id = i.question_version_id
  WHERE {counts}
  GROUP BY place.path, u.id, q.purpose, v.objective_key,
    COALESCE(NULLIF(v.pillar, ''), cv.pillar)"""

_SCORES = """SELECT path, person_id, purpose, about,
    100.0 * SUM(points) / SUM(most) AS score
  FROM (
    SELECT marks.path, marks.person_id, marks.purpose, marks.points, marks.most,
      CASE kind.number WHEN 0 THEN '' WHEN 1 THEN 'o:' || marks.objective_key
        ELSE 'p:' || marks.pillar END AS about
    FROM ({marks}) marks
    CROSS JOIN (SELECT 0 AS number UNION ALL SELECT 1 UNION ALL SELECT 2) kind
  ) told GROUP BY path, person_id, purpose, about"""

_PAIRS = """SELECT path, about,
    MAX(CASE WHEN purpose = 'pretest' THEN score END) AS before,
    MAX(CASE WHEN purpose = 'posttest' THEN score END) AS after
  FROM ({scores}) scores GROUP BY path, person_id, about"""

_SUMS = """SELECT path, about, COUNT(*), SUM(before), SUM(after),
    SUM((after - before) * (after - before))
  FROM ({pairs}) pairs WHERE before IS NOT NULL AND after IS NOT NULL
  GROUP BY path, about"""


def gain_sums(reach: Reach, course_id: int) -> Sql:
    """Return the statement for the sums of each unit itself, by what they are about.

    Rows are path, about, and the fields of `quizzes.results.gain.GainSums`.
    """
    members = reach.members()
    began = _IS_BEGINNING.format(attempt="t")
    latest = _LATEST.format(
        both=_HAS_BOTH.format(enrollment="e", is_beginning=began),
        later_both=_HAS_BOTH.format(enrollment="later", is_beginning=began),
    )
    counts = _COUNTS.format(is_beginning=_IS_BEGINNING.format(attempt="a"))
    marks = _MARKS.format(members=members.text, latest=latest, counts=counts)
    text = _SUMS.format(pairs=_PAIRS.format(scores=_SCORES.format(marks=marks)))
    return reach.ask(text, (*members.params, course_id))
