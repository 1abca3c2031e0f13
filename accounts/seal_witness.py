"""The newest seals of the audit trail once more, outside the database.

Whoever can write the database can cut the end of the trail off together with its last
seals, and the rest still holds. This file and the worker's log, which both lie
elsewhere, say that there was more.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from accounts.models import AuditSeal

_logger = logging.getLogger(__name__)


def _line(seal: AuditSeal) -> str:
    return f"{seal.first_id}-{seal.last_id} {seal.sha256}"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return []


def witness(path: Path) -> None:
    """Append the newest seal to the file and to the log; once, however often asked."""
    newest = AuditSeal.objects.order_by("-last_id").first()
    if newest is None or _line(newest) in _lines(path)[-1:]:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{_line(newest)}\n")
    _logger.info("The audit trail is sealed: %s", _line(newest))


def seals_cut_off(path: Path) -> Iterator[str]:
    """Yield the seals that the file knows and the database does not; none is right.

    After a restore from an older copy they are those that came after the copy.
    """
    stored = {_line(seal) for seal in AuditSeal.objects.all()}
    yield from (line for line in _lines(path) if line not in stored)
