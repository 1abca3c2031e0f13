"""What must be true at the end of every simulated week, and the check of all of it."""

from collections.abc import Callable

from bench.year.invariants import (
    analysis,
    audit,
    certificates,
    completion,
    dashboard,
    kept,
    organisation,
    pages,
    papers,
    past,
    practice,
    records,
    repairs,
    scores,
    sweeps,
)
from bench.year.oracle import Facts, Memory, Problems
from bench.year.world import World, where

Invariant = Callable[[Facts, Memory], Problems]

# At the end of every week: what earlier weeks are compared with, and what is cheap.
EVERY_WEEK: tuple[Invariant, ...] = (
    scores.scores_are_what_the_answers_deserve,
    scores.the_attempt_that_counts_is_that_of_the_rule,
    scores.grades_are_those_of_the_attempt_that_counts,
    scores.grades_never_fall_by_a_repair,
    completion.progress_never_falls,
    completion.completed_stays_completed,
    completion.whoever_lacks_nothing_is_complete,
    completion.completions_were_earned,
    completion.nobody_completes_who_has_withdrawn,
    completion.a_change_of_wording_changes_no_condition,
    certificates.jp_is_given_once,
    certificates.one_certificate_for_each_completion,
    certificates.numbers_have_no_gap,
    certificates.certificates_say_what_is_known,
    certificates.everybody_is_told_once,
    repairs.repairs_reach_everybody_once,
    repairs.notices_say_what_rose,
    practice.ulangan_counts_days,
    organisation.people_are_where_they_belong_today,
    organisation.roll_ups_are_counted,
    dashboard.the_dashboard_counts_right,
    past.the_past_stays_as_it_was,
    papers.papers_obey_their_plan,
    records.numbers_belong_to_one,
    sweeps.overdue_attempts_are_handed_in,
    sweeps.certificates_have_their_file,
    sweeps.files_are_made,
    sweeps.follow_ups_are_asked,
    kept.time_given_is_never_taken_back,
    audit.seals_are_whole,
)
# Besides, in some weeks and at the end: what asks for every row or draws pages.
IN_FULL_WEEKS: tuple[Invariant, ...] = (
    completion.unfinished_work_stays_within_reach,
    dashboard.the_report_lists_what_the_facts_say,
    dashboard.the_file_is_the_report,
    analysis.gain_is_counted,
    analysis.analysis_is_counted,
    kept.facts_are_only_added,
    records.past_days_tell_what_was_said,
    pages.results_and_pages_agree,
    pages.every_page_opens,
    audit.stored_figures_are_right,
)


def check_week(world: World, memory: Memory, *, is_full: bool) -> None:
    """Try the invariants on the facts as they are now, and remember the week."""
    facts = Facts(world)
    for invariant in (*EVERY_WEEK, *(IN_FULL_WEEKS if is_full else ())):
        world.check(invariant.__name__)
        try:
            for about, what in invariant(facts, memory):
                world.violate(invariant.__name__, what, about)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            world.violate("unexpected exception", where(error), invariant.__name__)
    memory.places, memory.attempts = facts.places, facts.attempts
    for place in sorted(facts.places.values(), key=lambda row: row["id"]):
        world.tell(
            facts.about(place),
            f"cycle {place['cycle']}: {place['progress']} %, {place['final_percent']}",
        )
