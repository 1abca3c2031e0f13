"""The SQL behind the gain report, the same on PostgreSQL and SQLite.

For each person of the units in reach it takes her latest cycle of the course, there
the first pre-test and the post-test that counts
(`quizzes.questions.marking.counting_index`), and the percent she has in each: of
everything, per objective, and per pillar. Only sums per unit leave the database,
never a person.
"""

from reports.sql import Sql
from reports.units.reach import Reach

# What a sum is about: everything, an objective ("o:<key>"), a pillar ("p:<key>").
WHOLE = ""
OBJECTIVE, PILLAR = "o:", "p:"

_LATEST = """NOT EXISTS (SELECT 1 FROM courses_enrollment later
    WHERE later.person_id = e.person_id AND later.course_id = e.course_id
      AND later.cycle > e.cycle)"""

# A pre-test counts as it was first taken, whatever its grade counts, as
# `quizzes.taking.rows.first_pretest` says of one person.
_COUNTS = """NOT EXISTS (SELECT 1 FROM quizzes_attempt b
    WHERE b.enrollment_id = a.enrollment_id AND b.quiz_key = a.quiz_key
      AND b.state = 'submitted' AND b.id <> a.id
      AND CASE WHEN q.purpose = 'pretest' OR q.counting = 'first'
                 THEN b.number < a.number
               WHEN q.counting = 'last' THEN b.number > a.number
               ELSE b.points * a.max_points > a.points * b.max_points
                 OR (b.points * a.max_points = a.points * b.max_points
                     AND b.number < a.number) END)"""

_MARKS = """SELECT place.path, u.id AS person_id, q.purpose, v.objective_key,
    COALESCE(NULLIF(v.pillar, ''), cv.pillar) AS pillar,
    SUM(i.points) AS points, SUM(i.max_points) AS most
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
    marks = _MARKS.format(members=members.text, latest=_LATEST, counts=_COUNTS)
    text = _SUMS.format(pairs=_PAIRS.format(scores=_SCORES.format(marks=marks)))
    return reach.ask(text, (*members.params, course_id))
