"""A sheet of 50,000 people in the background: seconds, memory, what others wait.

Half of the people are known and change their jabatan, half are new; beside it another
process saves something twenty times a second and says how long its longest save took.
Runs in a database of its own: a file, for SQLite, in the bench's folder.
"""

import argparse
import multiprocessing
import resource
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
TITLES = (
    *("nip", "nama", "status_kepegawaian", "unit_kode", "unit_nama", "jabatan"),
    *("golongan", "email_dinas", "unit_induk_kode", "jenis_kelamin"),
)


def main() -> None:
    """Print seconds, megabytes and waits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--units", type=int, default=500)
    said = parser.parse_args()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    owner = _people(said.rows // 2)
    key = _uploaded(owner, said.rows, said.units)
    _measure(key, owner)


def _nip(number: int) -> str:
    turn, day = divmod(number, 10_000)
    born = date(1970, 1, 1) + timedelta(days=day)
    return f"{born:%Y%m%d}2015012{turn + 1:03}"


def _name(number: int) -> str:
    """Return a name that hardly anybody else of the sheet has."""
    signs = "bcdfghjklmnprstw"
    words = []
    for turn in (1, 7, 31):
        mixed = number * 2_654_435_761 // turn % 65_536
        words.append("a".join(signs[mixed >> 4 * at & 15] for at in range(4)) + "o")
    return " ".join(words).title()


def _people(count: int) -> Any:
    from accounts.actions import assign_role, create_unit
    from accounts.models import PersonIdentifier, UnitMembership, User
    from tests.factories import make_person

    top = create_unit(
        code="daerah", name="Daerah", parent=None, starts_on=NOW.date(), by=None,
        now=NOW, agency_name="Daerah", time_zone="Asia/Jakarta",
    )  # fmt: skip
    people = [
        User(nip=_nip(n), name=_name(n), unit=top, employment_status="PNS")
        for n in range(count)
    ]
    User.objects.bulk_create(people, batch_size=1_000)
    PersonIdentifier.objects.bulk_create(
        [
            PersonIdentifier(
                person=one, kind="nip", value=one.nip or "", starts_on=NOW.date()
            )
            for one in people
        ],
        batch_size=1_000,
    )
    UnitMembership.objects.bulk_create(
        [
            UnitMembership(
                person=one, unit=top, starts_on=date(2020, 1, 1), recorded_at=NOW
            )
            for one in people
        ],
        batch_size=1_000,
    )
    owner = make_person(unit=top, now=NOW, name="Pengelola")
    assign_role(person=owner, role="hr", unit=top, by=None, now=NOW)
    return owner


def _uploaded(owner: Any, rows: int, units: int) -> str:
    """Keep the sheet as an upload does; return its key."""
    from django.core.files.base import File

    from accounts.actions.people_drafts import begin_reading
    from accounts.people_import.plan import ImportOptions
    from accounts.people_import.uploads import FILES, details_of
    from accounts.sessions import SessionStore
    from lib.queueing import left_to_sweeps
    from lib.spreadsheets import Column, Sheet, write_xlsx

    cells = [
        (
            *(_nip(n), _name(n), "PNS", f"unit-{n % units}"),
            *(f"Bagian {n % units} Urusan {n % units}", "Analis Kepegawaian"),
            *("III/a", f"pegawai{n}@contoh.go.id", "daerah", "L"),
        )
        for n in range(rows)
    ]
    with TemporaryFile() as target:
        write_xlsx(target, sheets=[Sheet("Data", [Column(t) for t in TITLES], cells)])
        print(f"{rows} rows, {units} new units, {target.tell() / 1e6:.1f} MB")
        target.seek(0)
        upload = FILES.keep(
            SessionStore(),
            owner=owner.key,
            file=File(target, name="pegawai.xlsx"),
            details=details_of(ImportOptions(NOW.date()), None),
            now=NOW,
        )
    with left_to_sweeps():
        begin_reading(key=upload.key, now=NOW)
    return upload.key


def _measure(key: str, owner: Any) -> None:
    from accounts.actions import applying_drafts, people_drafts
    from accounts.models import PeopleDraft
    from lib.queueing import left_to_sweeps

    draft = PeopleDraft.objects.get(key=key)
    _timed(
        "read and planned",
        lambda: people_drafts.read_draft(draft_id=draft.pk, now=NOW),
        owner.pk,
    )
    draft.refresh_from_db()
    facts = draft.facts or {}
    print(draft.state, facts.get("figures"), draft.message)
    with left_to_sweeps():
        people_drafts.confirm_draft(
            key=key,
            digest=facts["plan"]["digest"],
            number=facts["number_to_confirm"],
            leaves_out=0,
            by=owner,
            now=NOW,
        )
    _timed(
        "applied",
        lambda: applying_drafts.apply_draft(draft_id=draft.pk, now=NOW),
        owner.pk,
    )
    draft.refresh_from_db()
    print(draft.state, draft.result)


def _timed(word: str, work: Callable[[], None], person_id: int) -> None:
    from django.db import connections

    connections.close_all()
    stop = multiprocessing.Event()
    waits: multiprocessing.Queue[tuple[float, int]] = multiprocessing.Queue()
    other = multiprocessing.Process(target=_save_beside, args=(stop, waits, person_id))
    other.start()
    began, busy = time.monotonic(), _processor()
    work()
    seconds, busy = time.monotonic() - began, _processor() - busy
    stop.set()
    longest, saves = waits.get()
    other.join()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{word}: {seconds:.1f} s, processor {busy:.1f} s, peak {memory:.0f} MB; "
        f"{saves} saves beside it, the longest {longest:.2f} s"
    )


def _processor() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in (
            resource.getrusage(resource.RUSAGE_SELF),
            resource.getrusage(resource.RUSAGE_CHILDREN),
        )
    )


def _save_beside(stop: Any, waits: Any, person_id: int) -> None:
    """Save something twenty times a second; put the longest wait and the number."""
    from django.db import connections

    from accounts.models import User

    connections.close_all()
    longest, saves = 0.0, 0
    while not stop.wait(0.05):
        began = time.monotonic()
        User.objects.filter(pk=person_id).update(created_at=NOW)
        longest, saves = max(longest, time.monotonic() - began), saves + 1
    waits.put((longest, saves))


if __name__ == "__main__":
    main()
