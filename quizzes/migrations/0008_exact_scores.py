"""Scores become exact: what a third was rounded to becomes a third again.

Until now an item's points were rounded to thousandths. Which share was meant is told
by the marks themselves: what one of the question's options is worth, or the simplest
share that is rounded to what is stored, because shares are parts of few places. Where
neither is plausible the stored mark stays as it is. Sums, grades and outcomes follow
where they agree with their items within that rounding. `verify_derived --repair` then
completes whoever passes by it.
"""

from decimal import Decimal
from fractions import Fraction
from itertools import groupby, islice
from operator import attrgetter

import django.db.models
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery

import lib.fields

AT_ONCE = 1_000
HALF_A_THOUSANDTH = Fraction(1, 2_000)
HALF_A_MILLIONTH = Fraction(1, 2_000_000)
# Fractions of fewer parts are told apart by three decimals.
MOST_PARTS = 30
# And these by six.
MOST_FINE_PARTS = 100


def chunks(rows):
    """Yield rows in lists; memory does not grow with them."""
    stream = rows.order_by("pk").iterator(AT_ONCE)
    while chunk := list(islice(stream, AT_ONCE)):
        yield chunk


def shown_score(points, most):
    """Return points as percent, two decimals, half up."""
    hundredths = 10_000 * Fraction(points) / Fraction(most)
    return Decimal(int(hundredths + Fraction(1, 2))) / 100


def simplest(low, high):
    """Return the fraction between two that has the smallest denominator."""
    whole = low.numerator // low.denominator
    if low == whole:
        return low
    if whole + 1 <= high:
        return Fraction(whole + 1)
    return whole + 1 / simplest(1 / (high - whole), 1 / (low - whole))


def meant(stored, most, worths):
    """Return the share of `most` that was rounded to these points."""
    stored, most = Fraction(stored), Fraction(most)
    if not 0 < stored < most:
        return Fraction(int(stored > 0))
    low, high = stored - HALF_A_THOUSANDTH, stored + HALF_A_THOUSANDTH
    for worth in worths:
        if low <= worth * most < high:
            return worth
    found = simplest(max(Fraction(0), low / most), min(Fraction(1), high / most))
    return found if found.denominator <= MOST_PARTS else stored / most


def meant_fraction(stored):
    """Return the share that was rounded to millionths."""
    stored = Fraction(stored)
    found = stored.limit_denominator(MOST_FINE_PARTS)
    return found if abs(found - stored) <= HALF_A_MILLIONTH else stored


def fill_items(apps):
    items = apps.get_model("quizzes", "AttemptItem").objects
    options = apps.get_model("quizzes", "Option").objects
    worths = {}
    for version, worth in options.exclude(fraction__in=[0, 1]).values_list(
        "version", "fraction"
    ):
        worths.setdefault(version, []).append(Fraction(worth))
    for chunk in chunks(items.exclude(points=None)):
        for item in chunk:
            known = worths.get(item.question_version_id, ())
            share = meant(item.points, item.max_points, known)
            item.share_numerator, item.share_denominator = share.as_integer_ratio()
        items.bulk_update(
            chunk, ["share_numerator", "share_denominator"], batch_size=200
        )


def fill_attempts(apps):
    attempts = apps.get_model("quizzes", "Attempt").objects
    items = apps.get_model("quizzes", "AttemptItem").objects
    for chunk in chunks(attempts.filter(state="submitted")):
        rows = items.filter(attempt__in=[one.pk for one in chunk], left_out=False)
        marked = rows.exclude(share_numerator=None).order_by("attempt_id")
        papers = {
            pk: list(paper) for pk, paper in groupby(marked, attrgetter("attempt_id"))
        }
        for attempt in chunk:
            paper = papers.get(attempt.pk, [])
            exact = sum(
                Fraction(i.share_numerator, i.share_denominator)
                * Fraction(i.max_points)
                for i in paper
            )
            if abs(exact - attempt.points) <= len(paper) * HALF_A_THOUSANDTH:
                attempt.points = min(exact, Fraction(attempt.max_points))
            attempt.percent = shown_score(attempt.points, attempt.max_points)
            attempt.markings = 1
        attempts.bulk_update(chunk, ["points", "percent", "markings"], batch_size=200)
    marks = apps.get_model("courses", "CompletionRequirement").objects.filter(
        version__grade_items__quiz=OuterRef("quiz"),
        version__grade_items__key=F("key"),
    )
    attempts.update(pass_mark=Subquery(marks.values("pass_mark")[:1]))


def is_near(stored, exact):
    """Say whether these points may be what was rounded, of a paper of any length."""
    return abs(stored - exact) <= 200 * HALF_A_THOUSANDTH


def fill_grades(apps):
    """Let grades follow their attempts, and note which attempt counts."""
    entries = apps.get_model("courses", "GradeEntry").objects
    attempts = apps.get_model("quizzes", "Attempt").objects
    for chunk in chunks(entries.filter(evidence__startswith="attempt:")):
        keys = {entry.pk: entry.evidence.removeprefix("attempt:") for entry in chunk}
        found = {
            str(one.key): one
            for one in attempts.filter(key__in=set(keys.values()), state="submitted")
        }
        for entry in chunk:
            attempt = found.get(keys[entry.pk])
            if attempt is None or attempt.max_points != entry.max_points:
                continue
            if is_near(entry.points, attempt.points):
                entry.points, entry.percent = attempt.points, attempt.percent
        entries.bulk_update(chunk, ["points", "percent"], batch_size=200)
    later = entries.filter(
        enrollment=OuterRef("enrollment"),
        source=OuterRef("source"),
        revision__gt=OuterRef("revision"),
    )
    newest = entries.filter(~models.Exists(later), evidence__startswith="attempt:")
    for chunk in chunks(newest):
        keys = [entry.evidence.removeprefix("attempt:") for entry in chunk]
        for start in range(0, len(keys), 500):
            attempts.filter(
                key__in=keys[start : start + 500], state="submitted"
            ).update(is_counted=True)


def fill_outcomes(apps):
    outcomes = apps.get_model("quizzes", "RepairOutcome").objects
    for chunk in chunks(outcomes.select_related("attempt")):
        for row in chunk:
            exact, most = row.attempt.points, row.attempt.max_points
            is_same = (row.points_before, row.max_before) == (
                row.points_after,
                row.max_after,
            )
            if row.max_after == most and is_near(row.points_after, exact):
                row.points_after = exact
            if is_same:
                row.points_before = row.points_after
            row.percent_before = shown_score(row.points_before, row.max_before)
            after = shown_score(row.points_after, row.max_after)
            row.percent_after = max(row.percent_before, after)
        outcomes.bulk_update(
            chunk,
            ["points_before", "percent_before", "points_after", "percent_after"],
            batch_size=200,
        )


def fill_practice(apps):
    responses = apps.get_model("quizzes", "PracticeResponse").objects
    follow_ups = apps.get_model("quizzes", "FollowUp").objects
    for chunk in chunks(responses.all()):
        for response in chunk:
            response.fraction = meant_fraction(response.fraction)
        responses.bulk_update(chunk, ["fraction"], batch_size=200)
    for chunk in chunks(follow_ups.exclude(answered_at=None)):
        for row in chunk:
            tokens = row.items.values("token")
            hers = responses.filter(person=row.person_id, token__in=tokens)
            exact = sum(hers.values_list("fraction", flat=True), Fraction(0))
            if abs(exact - row.points) <= row.max_points * HALF_A_MILLIONTH:
                row.points = exact
            row.percent = shown_score(row.points, Fraction(row.max_points))
        follow_ups.bulk_update(chunk, ["points", "percent"], batch_size=200)


def fill(apps, schema_editor):
    """Recompute what is stored, exactly where the marks tell."""
    fill_items(apps)
    fill_attempts(apps)
    fill_grades(apps)
    fill_outcomes(apps)
    fill_practice(apps)
    # Out of date, all of them: the nightly task analyses exact marks.
    apps.get_model("quizzes", "QuizStatistics").objects.update(known_n=0)
    if schema_editor.connection.vendor == "postgresql":
        # A table cannot change while something waits to be checked.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def percent(**options):
    return models.DecimalField(decimal_places=2, max_digits=5, **options)


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_exact_grades"), ("quizzes", "0007_late_answers_and_practice_days")]

    operations = [
        migrations.RemoveConstraint("attempt", "attempt_submitted_has_time_and_score"),
        migrations.RemoveConstraint("attempt", "attempt_points_within_bounds"),
        migrations.RemoveConstraint("attemptitem", "attemptitem_points_within_bounds"),
        migrations.RemoveConstraint("followup", "followup_answered_has_time_and_score"),
        migrations.RemoveConstraint("repairoutcome", "repairoutcome_never_lowers"),
        migrations.AlterField(
            "attempt", "points", lib.fields.FractionField(blank=True, null=True)
        ),
        migrations.AddField("attempt", "percent", percent(blank=True, null=True)),
        migrations.AddField("attempt", "pass_mark", percent(blank=True, null=True)),
        migrations.AddField(
            "attempt", "markings", models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            "attempt", "is_counted", models.BooleanField(default=False)
        ),
        migrations.AddField(
            "attemptitem",
            "share_numerator",
            models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            "attemptitem",
            "share_denominator",
            models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            "practiceresponse", "fraction", lib.fields.FractionField()
        ),
        migrations.AlterField(
            "followup", "points", lib.fields.FractionField(blank=True, null=True)
        ),
        migrations.AddField("followup", "percent", percent(blank=True, null=True)),
        migrations.AlterField(
            "repairoutcome", "points_before", lib.fields.FractionField()
        ),
        migrations.AlterField(
            "repairoutcome", "points_after", lib.fields.FractionField()
        ),
        migrations.AddField("repairoutcome", "percent_before", percent(null=True)),
        migrations.AddField("repairoutcome", "percent_after", percent(null=True)),
        migrations.RemoveField("quizstatistics", "known_points"),
        migrations.AddField(
            "quizstatistics",
            "known_markings",
            models.PositiveBigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField("attemptitem", "points"),
        migrations.AlterField("repairoutcome", "percent_before", percent()),
        migrations.AlterField("repairoutcome", "percent_after", percent()),
        migrations.AddConstraint(
            "attempt",
            models.CheckConstraint(
                condition=Q(
                    is_counted=False,
                    percent__isnull=True,
                    points__isnull=True,
                    state="in_progress",
                    submitted_at__isnull=True,
                )
                | Q(
                    deadline_at__isnull=False,
                    is_counted=False,
                    percent__isnull=True,
                    points__isnull=True,
                    state="closed",
                    submitted_at__isnull=False,
                )
                | Q(
                    percent__isnull=False,
                    points__isnull=False,
                    state="submitted",
                    submitted_at__isnull=False,
                ),
                name="attempt_submitted_has_time_and_score",
            ),
        ),
        migrations.AddConstraint(
            "attempt",
            models.CheckConstraint(
                condition=Q(percent__isnull=True)
                | Q(percent__gte=0, percent__lte=100),
                name="attempt_percent_within_bounds",
            ),
        ),
        migrations.AddConstraint(
            "attempt",
            models.CheckConstraint(
                condition=Q(max_points__gt=0), name="attempt_is_worth_something"
            ),
        ),
        migrations.AddConstraint(
            "attempt",
            models.UniqueConstraint(
                condition=Q(is_counted=True),
                fields=("enrollment", "quiz_key"),
                name="attempt_one_counts",
            ),
        ),
        migrations.AddConstraint(
            "attemptitem",
            models.CheckConstraint(
                condition=Q(
                    share_denominator__isnull=True, share_numerator__isnull=True
                )
                | Q(
                    share_denominator__gte=1,
                    share_numerator__gte=0,
                    share_numerator__lte=F("share_denominator"),
                ),
                name="attemptitem_share_within_bounds",
            ),
        ),
        migrations.AddConstraint(
            "followup",
            models.CheckConstraint(
                condition=Q(
                    answered_at__isnull=True,
                    max_points__isnull=True,
                    percent__isnull=True,
                    points__isnull=True,
                )
                | Q(
                    answered_at__isnull=False,
                    max_points__gte=1,
                    percent__gte=0,
                    percent__lte=100,
                    points__isnull=False,
                ),
                name="followup_answered_has_time_and_score",
            ),
        ),
        migrations.AddConstraint(
            "repairoutcome",
            models.CheckConstraint(
                condition=Q(percent_after__gte=F("percent_before")),
                name="repairoutcome_never_lowers",
            ),
        ),
    ]
