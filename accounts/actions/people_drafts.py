"""A large sheet of people on its way: read by a worker, confirmed, stopped.

Only this module and `applying_drafts` assign `PeopleDraft.state`. A worker claims a
draft by its `turn`; one that was thought lost and comes back finds that it is no
longer hers and leaves no trace.
"""

import logging
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone

from accounts import jobs
from accounts.access import as_of
from accounts.actions.importing import record_applied
from accounts.models import PeopleDraft, User
from accounts.people_import import files
from accounts.people_import.columns_said import recall_for
from accounts.people_import.drafts import upload_of
from accounts.people_import.findings import ImportRefused
from accounts.people_import.leaving_out import without_refused
from accounts.people_import.planned import facts_of, write_planned
from accounts.people_import.planning import plan_import
from accounts.people_import.reading import arranged_file, can_be_named, people_of
from accounts.people_import.sheet import PeopleSheet
from accounts.people_import.uploads import FILES
from lib.indonesian import format_number
from lib.queueing import Job, queue_on_commit
from lib.transactions import atomic_with_retry

_logger = logging.getLogger(__name__)
# Reading tells nothing of itself for as long as a task may run; a part takes seconds.
LOST_AFTER = {
    PeopleDraft.State.READING: timedelta(minutes=10),
    PeopleDraft.State.APPLYING: timedelta(minutes=3),
}
MOST_TURNS = 5
_NOT_READ = (
    "Berkas belum berhasil dibaca. Unggah lagi; bila tetap gagal, bagi menjadi "
    "beberapa berkas atau hubungi admin sistem."
)
_STOPPED = (
    "Impor terhenti beberapa kali. Yang sudah diterapkan tetap; unggah berkas yang "
    "sama untuk melanjutkan sisanya."
)
_JOBS = {
    PeopleDraft.State.READING: jobs.READ_DRAFT,
    PeopleDraft.State.APPLYING: jobs.APPLY_DRAFT,
}


class DraftLost(Exception):
    """Somebody has stopped this draft, or another worker has it in hand."""


class _Hand:
    """What a worker who reads a draft writes down of it; DraftLost: it is not hers."""

    def __init__(self, draft: PeopleDraft, now: datetime) -> None:
        self.mine = PeopleDraft.objects.filter(
            pk=draft.pk, state=PeopleDraft.State.READING, turn=draft.turn
        )
        self.now, self.began = now, time.monotonic()

    @property
    def moment(self) -> datetime:
        """Return what time it is for this worker."""
        return self.now + timedelta(seconds=time.monotonic() - self.began)

    def has_read(self, sheet: PeopleSheet, details: Mapping[str, Any]) -> None:
        """Note that the rows are known and are compared with the database now."""
        _check(
            self.mine.update(
                step=1,
                row_count=sheet.row_count,
                details=details,
                seen_at=self.moment,
            )
        )

    def has_planned(self) -> None:
        """Note that the preview is being written."""
        _check(self.mine.update(step=2, seen_at=self.moment))

    def asks(self, details: Mapping[str, Any]) -> None:
        """Ask what the columns are."""
        _check(
            self.mine.update(
                state=PeopleDraft.State.ASKING,
                details={**details, "must_name_columns": True},
                seen_at=self.moment,
            )
        )

    def is_ready(
        self, facts: Mapping[str, Any], *, plan_path: str, findings_path: str
    ) -> None:
        """Show what was found."""
        _check(
            self.mine.update(
                state=PeopleDraft.State.READY,
                facts=facts,
                plan_path=plan_path,
                findings_path=findings_path,
                seen_at=self.moment,
            )
        )


def _check(is_ours: int) -> None:
    if not is_ours:
        raise DraftLost


@atomic_with_retry
def begin_reading(*, key: str, now: datetime) -> None:
    """Have a worker read and plan a draft, also once more; not one that was confirmed.

    Locks the draft.
    """
    draft = locked_draft(key=key)
    if draft.state in {
        PeopleDraft.State.APPLYING,
        PeopleDraft.State.DONE,
        PeopleDraft.State.STOPPED,
    }:
        return
    draft.state = PeopleDraft.State.READING
    draft.seen_at, draft.turn, draft.step = now, 0, 0
    draft.save(update_fields=["state", "seen_at", "turn", "step"])
    queue_on_commit(jobs.READ_DRAFT, draft_id=draft.pk)


def read_draft(*, draft_id: int, now: datetime) -> None:
    """Read and plan a draft that waits for it; any other stays as it is.

    It ends ready for its owner's eyes, with a question about its columns, or as failed
    with words for her.
    """
    draft = claimed_draft(draft_id, PeopleDraft.State.READING, now=now)
    if draft is None:
        return
    try:
        _read(draft, _Hand(draft, now), now=now)
    except DraftLost:
        return
    except ImportRefused as refusal:
        _fail(draft, refusal.message)
    except FileNotFoundError:
        _fail(draft, _NOT_READ)
    except Exception:
        _logger.exception("Draft %s could not be read", draft_id)
        _fail(draft, _NOT_READ)


def _read(draft: PeopleDraft, hand: _Hand, *, now: datetime) -> None:
    owner, upload = as_of(draft.owner, now), upload_of(draft)
    with default_storage.open(draft.path) as file:
        arranged = arranged_file(
            file, draft.filename, said=upload.columns, recall=recall_for(owner)
        )
    said = {**draft.details, "columns": arranged.layout.said()}
    if not arranged.is_sure and can_be_named(arranged):
        hand.asks(said)
        return
    sheet = people_of(arranged, today=timezone.localtime(now).date())
    del arranged
    hand.has_read(sheet, said)
    plan = plan_import(sheet, options=upload.options, by=owner)
    rest = without_refused(sheet, plan, by=owner)
    hand.has_planned()
    planned = BytesIO()
    write_planned(planned, plan, rest)
    hand.is_ready(
        facts_of(plan, rest),
        plan_path=_store(draft, planned, now=now),
        findings_path=store_findings(draft, plan.findings, sheet, now=now),
    )


def store_findings(
    draft: PeopleDraft, findings: Any, sheet: PeopleSheet, *, now: datetime
) -> str:
    """Write the list of repairs; return where, "" where there is nothing to repair."""
    if not findings:
        return ""
    content = BytesIO()
    files.write_findings(content, findings, sheet.source)
    return _store(draft, content, now=now)


def _store(draft: PeopleDraft, content: IO[bytes], *, now: datetime) -> str:
    content.seek(0)
    return FILES.save(File(content), owner=draft.owner.key, now=now)


def _fail(draft: PeopleDraft, message: str) -> None:
    mine = PeopleDraft.objects.filter(
        pk=draft.pk, turn=draft.turn, state=PeopleDraft.State.READING
    )
    mine.update(state=PeopleDraft.State.FAILED, message=message[:300])


@atomic_with_retry
def confirm_draft(
    *,
    key: str,
    digest: str,
    number: int | None,
    leaves_out: int,
    by: User,
    now: datetime,
) -> None:
    """Have a worker apply what was confirmed; a second press changes nothing.

    Raises `ImportRefused` where her preview is another one by now (`DATA_BERUBAH`), for
    refused rows she did not agree to leave out (`BARIS_DITOLAK`), and for another
    number than is asked (`JUMLAH_BERBEDA`). Locks the draft.
    """
    draft = locked_draft(key=key)
    if draft.state != PeopleDraft.State.READY or draft.owner_id != by.pk:
        return
    facts = draft.facts or {}
    said, asked = facts["plan"], facts["number_to_confirm"]
    if digest != said["digest"]:
        raise ImportRefused(
            "DATA_BERUBAH", "Pratinjau ini sudah diganti. Periksa yang baru."
        )
    if said["errors"] and (not facts["has_rest"] or leaves_out != said["refused_rows"]):
        raise ImportRefused(
            "BARIS_DITOLAK",
            "Ada baris yang ditolak. Perbaiki berkasnya, lalu unggah lagi; atau "
            "centang bahwa baris itu ditinggalkan.",
        )
    if asked and number != asked:
        raise ImportRefused(
            "JUMLAH_BERBEDA",
            f"Ada {format_number(asked)} hal yang harus disetujui dengan mengetik "
            "jumlahnya. Periksa daftarnya, lalu ketik jumlah itu.",
        )
    draft.state = PeopleDraft.State.APPLYING
    draft.seen_at, draft.turn, draft.step = now, 0, 0
    draft.confirmed_number = asked
    draft.save(update_fields=["state", "seen_at", "turn", "step", "confirmed_number"])
    queue_on_commit(jobs.APPLY_DRAFT, draft_id=draft.pk)


def draft_ids_at_rest(*, now: datetime) -> list[tuple[Job, int]]:
    """Return drafts whose message or worker was lost, with the job each waits for."""
    # Nobody has begun it: its message is lost, or waits, and a second does no harm.
    lost = Q(state__in=LOST_AFTER, turn=0, seen_at__lte=now - timedelta(minutes=1))
    for state, pause in LOST_AFTER.items():
        lost |= Q(state=state, seen_at__lte=now - pause)
    found = PeopleDraft.objects.filter(lost)
    return [
        (_JOBS[PeopleDraft.State(state)], pk)
        for pk, state in found.values_list("pk", "state").order_by("pk")[:100]
    ]


def claimed_draft(draft_id: int, state: str, *, now: datetime) -> PeopleDraft | None:
    """Take a draft in hand that nobody else has; None where there is none to take.

    One that was begun too often is given up.
    """
    lost = now - LOST_AFTER[PeopleDraft.State(state)]
    free = Q(turn=0) | Q(seen_at__lte=lost)
    mine = PeopleDraft.objects.filter(free, pk=draft_id, state=state)
    draft = mine.select_related("owner").first()
    if draft is None:
        return None
    if draft.turn >= MOST_TURNS:
        _give_up(draft, now=now)
        return None
    # Of two workers the one whose update finds the turn unchanged has it.
    taken = mine.filter(turn=draft.turn).update(turn=F("turn") + 1, seen_at=now)
    draft.turn += 1
    return draft if taken else None


def _give_up(draft: PeopleDraft, *, now: datetime) -> None:
    same = PeopleDraft.objects.filter(pk=draft.pk, turn=draft.turn, state=draft.state)
    if draft.state == PeopleDraft.State.READING:
        same.update(state=PeopleDraft.State.FAILED, message=_NOT_READ)
    else:
        same.update(message=_STOPPED)
        stop_draft(key=draft.key, by=draft.owner, now=now)


@atomic_with_retry
def stop_draft(*, key: str, by: User, now: datetime) -> bool:
    """End a draft that is being applied after the part in hand; say whether it was.

    What was applied stays; the same sheet uploaded again does the rest. Locks the
    draft.
    """
    draft = locked_draft(key=key)
    if draft.state != PeopleDraft.State.APPLYING or draft.owner_id != by.pk:
        return False
    draft.state = PeopleDraft.State.STOPPED
    _close(draft, by=by, now=now)
    return True


@atomic_with_retry
def finish_draft(
    *, key: str, turn: int, findings_path: str, by: User, now: datetime
) -> bool:
    """End a draft whose last part was applied in this turn; say whether it was ours.

    Locks the draft.
    """
    draft = locked_draft(key=key)
    if draft.state != PeopleDraft.State.APPLYING or draft.turn != turn:
        return False
    draft.state = PeopleDraft.State.DONE
    draft.findings_path = findings_path
    _close(draft, by=by, now=now)
    return True


def _close(draft: PeopleDraft, *, by: User, now: datetime) -> None:
    """Keep what was done of a locked draft that ends, and write that down."""
    draft.seen_at = now
    facts = draft.facts or {}
    done = draft.figures
    draft.result = {
        **{name: done.get(name, 0) for name in facts["figures"]},
        "people_without_email": done.get("people_without_email", 0),
        "people_unchanged": facts["figures"]["people_unchanged"],
        "rows_refused": facts["plan"]["refused_rows"],
        "rows_left": len({one["row"] for one in draft.left_out}),
    }
    draft.save(update_fields=["state", "seen_at", "result", "findings_path"])
    record_applied(
        by=by,
        now=now,
        digest=facts["plan"]["digest"],
        number=draft.confirmed_number,
        figures=draft.result,
    )


def locked_draft(*, key: str) -> PeopleDraft:
    """Return a draft under lock, to be called in a transaction."""
    draft: PeopleDraft = (
        PeopleDraft.objects.select_for_update(of=("self",), no_key=True)
        .select_related("owner")
        .get(key=key)
    )
    return draft
