"""`manage.py trace_access`: whose data did an account see, change or take, and when?"""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import audit
from accounts.models import AuditRecord, User
from accounts.nip import normalise_nip
from lib.spreadsheets import Column, write_csv

_COLUMNS = (
    Column("waktu", "datetime"),
    *map(Column, ("kejadian", "nomor", "tentang", "nip", "surel", "keterangan")),
)


class Command(BaseCommand):
    """Tell every entry by one account between two days, and whose each was."""

    help = (
        "Menyebut apa yang dilihat, diubah, atau diunduh satu akun, dan data siapa. "
        "NIP diketik pada pertanyaan, supaya tidak tercatat di riwayat perintah."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the days, both counted, and where the list is to be written."""
        parser.add_argument("--since", type=date.fromisoformat, required=True)
        parser.add_argument("--until", type=date.fromisoformat, required=True)
        parser.add_argument("--to", type=Path, help="berkas CSV, dengan nama dan surel")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell kinds and people in numbers; with `--to` write each entry."""
        account = _account(input("NIP akun: "))
        rows = list(_entries(account, options["since"], options["until"]))
        people = {row.subject_id for row in rows if row.subject_id} - {account.pk}
        for verb, count in sorted(Counter(row.verb for row in rows).items()):
            self.stdout.write(f"{count:>7} {verb}")
        self.stdout.write(f"{len(rows)} catatan, tentang {len(people)} orang lain.")
        if options["to"]:
            _write(options["to"], rows)
            now = timezone.now()
            audit.record(
                "accounts.access.traced", account, by=None, now=now, count=len(rows)
            )
            self.stdout.write(f"Tertulis di {options['to']}.")


def _account(number: str) -> User:
    found = User.objects.filter(identifiers__value=normalise_nip(number)).first()
    if found is None:
        raise CommandError("Tidak ada akun dengan NIP ini. Periksa angkanya.")
    person: User = found
    return person


def _entries(account: User, since: date, until: date) -> Any:
    zone = ZoneInfo(account.time_zone)
    first = datetime.combine(since, time.min, zone)
    behind = datetime.combine(until + timedelta(days=1), time.min, zone)
    rows = AuditRecord.objects.filter(actor_id=account.pk, at__gte=first, at__lt=behind)
    return rows.order_by("at", "pk")


def _write(path: Path, rows: list[AuditRecord]) -> None:
    people = User.objects.in_bulk({row.subject_id for row in rows if row.subject_id})
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(file, _COLUMNS, (_line(row, people) for row in rows))


def _line(row: AuditRecord, people: Mapping[int, User]) -> tuple[object, ...]:
    person = people.get(row.subject_id or 0)
    about = [person.full_name, person.nip, person.email] if person else ["", "", ""]
    more = json.dumps(row.detail, ensure_ascii=False)
    return (row.at, row.verb, str(row.pk), *(one or "" for one in about), more)
