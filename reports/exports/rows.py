"""An export as people see it, in the list and beside the dashboard's title."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lib.indonesian import format_bytes
from reports.exports.registry import REPORTS
from reports.models import ExportJob


@dataclass(frozen=True)
class ExportRow:
    """One export; `size` is in words, and empty while there is no file."""

    key: UUID
    title: str
    format_name: str
    state: str
    state_label: str
    asked_at: datetime
    expires_at: datetime | None
    row_count: int | None
    size: str
    message: str
    has_file: bool
    is_on_its_way: bool
    rows_done: int
    number: str
    rows_sha256: str
    can_be_asked_again: bool


def export_row(job: ExportJob) -> ExportRow:
    """Return what is shown of an export."""
    on_its_way = {ExportJob.State.WAITING, ExportJob.State.RUNNING}
    return ExportRow(
        key=job.key,
        title=f"{REPORTS[job.report].title}, {job.get_format_display()}",
        format_name=job.format.upper(),
        state=job.state,
        state_label=job.get_state_display(),
        asked_at=job.asked_at,
        expires_at=job.expires_at,
        row_count=job.row_count,
        size=format_bytes(job.byte_size) if job.byte_size is not None else "",
        message=job.message,
        has_file=bool(job.path),
        is_on_its_way=job.state in on_its_way,
        rows_done=job.rows_done,
        number=job.number,
        rows_sha256=job.rows_sha256,
        can_be_asked_again=job.state not in on_its_way and not job.path,
    )
