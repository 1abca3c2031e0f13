"""The pre-test tells where somebody began. Plain Python; one rule for every page.

It is offered first and may be skipped by choice. It locks once lessons or the
post-test have begun (ARCHITECTURE §8, "completion, first rule"), because what is tried
after that is no beginning: then there is no gain, for nobody to see. Lessons have
begun with the first one that is marked as done, the post-test with its first attempt.
"""

from datetime import datetime


def is_locked(*, lessons_begun: bool, posttest_begun: bool) -> bool:
    """Say whether the pre-test can be started no more."""
    return lessons_begun or posttest_begun


def counts_for_gain(
    handed_in_at: datetime,
    *,
    lessons_began_at: datetime | None,
    posttest_began_at: datetime | None,
) -> bool:
    """Say whether a gain may be counted from a pre-test handed in at this moment.

    `reports.gain.sql` says the same of many people at once.
    """
    began = (lessons_began_at, posttest_began_at)
    return all(moment is None or handed_in_at <= moment for moment in began)
