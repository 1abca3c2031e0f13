"""What the page before publishing says."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.actions.new_parts import ProposedPart, proposed_parts
from courses.actions.publishing import (
    Reach,
    demands_changed_by,
    reach_of,
)
from courses.models import Course, CourseVersion, PlannedPublication
from quizzes.selectors import drafted_counting
from studio.obstacles import Obstacle
from studio.publishing.approval import Approval, approval_of
from studio.publishing.changes import VersionChanges, changes_in
from studio.publishing.quality import find_quality_faults
from studio.publishing.readiness import draft_fingerprint, find_obstacles
from studio.publishing.standing import waiting_plan


@dataclass(frozen=True)
class ChangeKind:
    """A kind of change in plain words, with whom it moves."""

    value: str
    label: str
    effect: str
    # Why this draft is no such change; empty where it may be one.
    refusal: str = ""


@dataclass(frozen=True)
class PublishPage:
    """The draft against what is published, whom it touches, what stands against it.

    `faults` do not keep it from being published, `obstacles` do.
    """

    number: int
    is_first: bool
    changes: VersionChanges
    reach: Reach
    kinds: list[ChangeKind]
    obstacles: list[Obstacle]
    faults: list[Obstacle]
    seen: str
    new_parts: list[ProposedPart]
    approval: Approval
    planned: PlannedPublication | None
    can_be_parted: bool

    @property
    def plan_is_stale(self) -> bool:
        """Whether the draft is not what it was when it was planned."""
        return self.planned is not None and self.planned.seen != self.seen


def publish_page(course: Course, draft: CourseVersion) -> PublishPage:
    """Return everything an author should know before she publishes."""
    reach = reach_of(course)
    seen = draft_fingerprint(course, draft)
    return PublishPage(
        number=draft.number,
        is_first=course.current_version is None,
        changes=changes_in(course, draft),
        reach=reach,
        kinds=_kinds(course, reach, draft),
        obstacles=find_obstacles(course, draft),
        faults=find_quality_faults(course, draft),
        seen=seen,
        new_parts=proposed_parts(draft),
        approval=approval_of(draft, seen),
        planned=waiting_plan(course),
        can_be_parted=course.current_version is not None,
    )


def _refusal(changed: list[str]) -> str:
    if not changed:
        return ""
    return _("Tidak dapat dipilih, karena draf ini mengubah: %(changes)s.") % {
        "changes": "; ".join(changed)
    }


def _kinds(course: Course, reach: Reach, draft: CourseVersion) -> list[ChangeKind]:
    changed = [*demands_changed_by(draft), *drafted_counting(draft)]
    return kinds_of(course, reach, changed)


def kinds_of(course: Course, reach: Reach, changed: list[str]) -> list[ChangeKind]:
    """Return the three kinds; `changed` names what is asked of people otherwise."""
    kind = CourseVersion.Change
    everybody = reach.learning + reach.finished
    return [
        ChangeKind(
            kind.WORDING,
            "Perbaikan kata",
            "Isi dan syaratnya tetap, hanya kata-katanya lebih baik. "
            f"{everybody} orang langsung melihat versi baru. Kemajuan mereka tetap.",
            refusal=_refusal(changed),
        ),
        ChangeKind(
            kind.REQUIRED,
            "Bagian wajib baru",
            "Ada hal baru yang perlu dipelajari. "
            f"{reach.learning} orang yang sedang belajar pindah ke versi baru. "
            "Siapa yang sudah membaca pelajarannya diminta membaca bagian barunya. "
            "Yang sudah selesai juga: kemajuan, JP, dan sertifikatnya tetap.",
        ),
        ChangeKind(
            kind.CYCLE,
            "Siklus baru",
            f"Kursus dimulai lagi sebagai siklus ke-{course.cycle + 1}. "
            f"{everybody} orang di siklus ini tetap di versinya. "
            "Siapa pun yang mendaftar setelah ini mulai dari awal.",
        ),
    ]
