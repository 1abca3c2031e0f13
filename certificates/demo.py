"""Certificates of the demo agency's invented people, from here and from elsewhere."""

import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from PIL import Image, ImageDraw

from accounts.models import User
from certificates import actions, storage
from certificates.exceptions import SiteNotReady
from certificates.models import (
    Certificate,
    CertificateDesign,
    CertificateFile,
    NumberCounter,
    OutsideCertificate,
    PublicAddress,
)
from certificates.outside import actions as outside_actions
from certificates.outside.actions import OutsideContent
from certificates.outside.papers import keep_drawn
from courses.models import Enrollment
from lib.transactions import atomic_with_retry

_REFUSAL = "Kursus ini tidak berkaitan dengan tugas jabatan. Lampirkan surat tugasnya."
_ISSUING_TAKES = timedelta(minutes=1)


@dataclass(frozen=True)
class Elsewhere:
    """A training elsewhere; `verdict` is what HR said of it, "" while it waits."""

    title: str
    organiser: str
    ended_on: date
    days: int
    jp: int
    verdict: str


def issue_in_order(
    enrollments: Iterable[Enrollment], *, now: datetime
) -> list[Certificate]:
    """Issue what these have earned, the first completed first; files come later.

    A site that cannot issue yet leaves it to the schedule, as ever.
    """
    issued = []
    for enrollment in sorted(enrollments, key=lambda one: (one.completed_at, one.pk)):
        if enrollment.completed_at is None:
            continue
        at = min(now, enrollment.completed_at + _ISSUING_TAKES)
        try:
            issued.append(
                actions.issue_certificate(enrollment_id=enrollment.pk, by=None, now=at)
            )
        except SiteNotReady:
            break
    return issued


def hand_in_elsewhere(
    said: Elsewhere, *, person: User, token: UUID, by: User, now: datetime
) -> OutsideCertificate:
    """Hand a certificate from elsewhere in, and let `by` decide."""
    outside = outside_actions.hand_in(
        person=person,
        content=OutsideContent(
            title=said.title,
            organiser=said.organiser,
            started_on=said.ended_on - timedelta(days=said.days),
            ended_on=said.ended_on,
            claimed_jp=said.jp,
        ),
        paper=keep_drawn(_drawn(said, person), ending="png"),
        token=token,
        now=now,
    )
    if said.verdict == OutsideCertificate.State.ACCEPTED:
        outside_actions.accept_outside(
            outside_id=outside.pk, jp=said.jp, round_seen=0, by=by, now=now
        )
    elif said.verdict == OutsideCertificate.State.REFUSED:
        outside_actions.refuse_outside(
            outside_id=outside.pk, reason=_REFUSAL, round_seen=0, by=by, now=now
        )
    return outside


def _drawn(said: Elsewhere, person: User) -> bytes:
    """Return a picture that nobody takes for a certificate."""
    picture = Image.new("L", (640, 420), 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((12, 12, 628, 408), outline=90, width=3)
    lines = ("CONTOH, BUKAN SERTIFIKAT", said.title, person.full_name, f"{said.jp} JP")
    for number, line in enumerate(lines):
        draw.text((40, 70 + 70 * number), line, fill=40, font_size=26)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


@contextmanager
def forget_certificates(ids: Collection[int]) -> Iterator[list[str]]:
    """Around the deletion of certificates: what else there is of them goes, too.

    Their numbers, as far as they were the last; designs and addresses where no
    certificate names them any more. Gives the paths of their files, for
    `discard_files` once that has committed.
    """
    given = [
        (one.issuer, one.year, one.sequence)
        for one in Certificate.objects.filter(pk__in=ids)
    ]
    files = CertificateFile.objects.filter(certificate__in=ids)
    paths = list(files.values_list("path", flat=True))
    yield paths
    take_numbers_back(given)
    if given and not Certificate.objects.exists():
        for model in (CertificateDesign, PublicAddress):
            model.objects.all()._raw_delete(model.objects.db)


def discard_files(paths: Iterable[str]) -> None:
    """Delete files of certificates that are gone."""
    for path in paths:
        storage.discard(path)


@atomic_with_retry
def take_numbers_back(given: Sequence[tuple[str, int, int]]) -> None:
    """Let numbers go on where they stood before these (issuer, year, sequence).

    As far as they were the last ones: a number before one that somebody else holds
    stays used. Call it when their certificates are gone. Locks the counters.
    """
    numbers: dict[tuple[str, int], set[int]] = {}
    for issuer, year, sequence in given:
        numbers.setdefault((issuer, year), set()).add(sequence)
    counters = NumberCounter.objects.select_for_update(no_key=True)
    for (issuer, year), taken in sorted(numbers.items()):
        counter = counters.get(issuer=issuer, year=year)
        while counter.last in taken:
            counter.last -= 1
        if counter.last:
            counter.save(update_fields=["last"])
        else:
            counter.delete()
