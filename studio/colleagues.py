"""Who changed a draft last: what an author is told whose form has gone stale."""

from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import AuditRecord, User
from courses.models import CourseVersion, Lesson
from lib.templatetags.ui import jam, tanggal
from studio.exceptions import EditConflict


def conflict(version: CourseVersion, *, by: User, kept: str = "") -> EditConflict:
    """Return the refusal of a stale form: who changed the draft, and when.

    `kept` is what she typed where no page shows it again.
    """
    name, at = _last_touch(version, by)
    words = {"name": name, "time": jam(at)}
    said = (
        _(
            "%(name)s mengubah draf ini pukul %(time)s, setelah Anda membukanya. Yang "
            "Anda minta belum dilakukan. Lihat keadaan sekarang, lalu ulangi."
        )
        if at
        else _("Draf ini sudah berubah sejak Anda membukanya. Lihat, lalu ulangi.")
    ) % words
    if kept:
        said = f"{said} " + _("Yang Anda ketik: “%(kept)s”.") % {"kept": kept}
    return EditConflict("draft_changed", said)


def lesson_conflict(lesson: Lesson, *, by: User, now: datetime) -> EditConflict:
    """Return the refusal of a stale lesson: who changed it since, and when."""
    touched = Q(object_type=Lesson._meta.label_lower, object_id=lesson.pk)
    name, at = _last(touched, by)
    if at is None:
        said = _("Pelajaran ini sudah diubah orang lain sejak Anda membukanya.")
    else:
        day = "" if localdate(at) == localdate(now) else f"{tanggal(at)} "
        said = _(
            "Pelajaran ini sudah diubah %(name)s pada %(time)s, "
            "sesudah Anda membukanya."
        ) % {"name": name, "time": f"{day}{jam(at)}"}
    kept = _("Naskah Anda masih utuh di bawah dan belum disimpan.")
    return EditConflict("lesson_changed", f"{said} {kept}")


def _last_touch(version: CourseVersion, by: User) -> tuple[str, datetime | None]:
    lessons = Lesson.objects.filter(version=version).values("pk")
    return _last(
        Q(object_type=CourseVersion._meta.label_lower, object_id=version.pk)
        | Q(object_type=Lesson._meta.label_lower, object_id__in=lessons),
        by,
    )


def _last(touched: Q, by: User) -> tuple[str, datetime | None]:
    record = AuditRecord.objects.filter(touched).order_by("-pk").first()
    if record is None:
        return "", None
    if record.actor_id == by.pk:
        return _("Anda sendiri"), record.at
    actor = User.objects.filter(pk=record.actor_id).first()
    return actor.name if actor else _("Sistem"), record.at
