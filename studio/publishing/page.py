"""What the page before publishing says."""

from dataclasses import dataclass

from courses.actions.publishing import Reach, reach_of
from courses.models import Course, CourseVersion
from studio.obstacles import Obstacle
from studio.publishing.changes import VersionChanges, changes_in
from studio.publishing.readiness import draft_fingerprint, find_obstacles


@dataclass(frozen=True)
class ChangeKind:
    """A kind of change in plain words, with whom it moves."""

    value: str
    label: str
    effect: str


@dataclass(frozen=True)
class PublishPage:
    """The draft against what is published, whom it touches, what stands against it."""

    number: int
    is_first: bool
    changes: VersionChanges
    reach: Reach
    kinds: list[ChangeKind]
    obstacles: list[Obstacle]
    seen: str


def publish_page(course: Course, draft: CourseVersion) -> PublishPage:
    """Return everything an author should know before she publishes."""
    reach = reach_of(course)
    return PublishPage(
        number=draft.number,
        is_first=course.current_version is None,
        changes=changes_in(course, draft),
        reach=reach,
        kinds=_kinds(course, reach),
        obstacles=find_obstacles(course, draft),
        seen=draft_fingerprint(course, draft),
    )


def _kinds(course: Course, reach: Reach) -> list[ChangeKind]:
    kind = CourseVersion.Change
    everybody = reach.learning + reach.finished
    return [
        ChangeKind(
            kind.WORDING,
            "Perbaikan kata",
            "Isi dan syaratnya tetap, hanya kata-katanya lebih baik. "
            f"{everybody} orang langsung melihat versi baru. Kemajuan mereka tetap.",
        ),
        ChangeKind(
            kind.REQUIRED,
            "Bagian wajib baru",
            "Ada hal baru yang perlu dipelajari. "
            f"{reach.learning} orang yang sedang belajar pindah ke versi baru; "
            "yang sudah mereka kerjakan tetap dihitung. "
            "Siapa pun yang sudah selesai tetap selesai.",
        ),
        ChangeKind(
            kind.CYCLE,
            "Siklus baru",
            f"Kursus dimulai lagi sebagai siklus ke-{course.cycle + 1}. "
            f"{everybody} orang di siklus ini tetap di versinya. "
            "Siapa pun yang mendaftar setelah ini mulai dari awal.",
        ),
    ]
