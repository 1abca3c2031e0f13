"""What HR does: people come, move, leave and come back; orders, more time, files."""

from datetime import date, timedelta
from typing import Any

from accounts import actions as accounts_actions
from accounts.access import as_of
from accounts.actions.importing import apply_import
from accounts.actions.redating import redate_moves
from accounts.models import Unit, User
from accounts.people_import.columns import COLUMNS
from accounts.people_import.plan import ImportOptions
from accounts.people_import.planning import plan_import
from accounts.people_import.sheet import read_people
from bench.year.content import COURSES, make_course
from bench.year.world import Person, World
from courses import actions as courses_actions
from courses.models import Assignment, Enrollment
from lib.spreadsheets import Table
from lib.spreadsheets.reading import TableRow
from quizzes import actions as quizzes_actions
from quizzes.accommodations.actions import AccommodationContent
from quizzes.models import Accommodation, ResponseSave
from reports import actions as reports_actions

_ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
_TITLES = tuple(column.title for column in COLUMNS)
HIRED_ON = date(2026, 1, 1)


def make_nip(number: int) -> str:
    """Return a test NIP (serial from 900), another one for every number."""
    years, rest = divmod(number, 12 * 28)
    month, day = divmod(rest, 28)
    return f"{1970 + years % 25}{month + 1:02}{day + 1:02}2015041{900 + number % 100}"


# --- the beginning ------------------------------------------------------------------
def found_agency(world: World, *, people: int) -> None:
    """Make the units in three time zones, the staff, the courses and the people."""
    world.units = _make_units(world)
    agency = world.units[0]
    for number, (role, unit) in enumerate(
        (
            ("hr", agency),
            ("hr", world.units[1]),
            ("author", agency),
            ("admin", agency),
            ("admin", agency),
        ),
        start=1,
    ):
        _make_staff(world, f"{role}{number}", role, unit, 20_000 + number)
    world.courses = [make_course(spec, unit=agency, now=world.now) for spec in COURSES]
    world.first_courses = len(world.courses)
    for number in range(people):
        world.people.append(
            Person(
                number=number,
                skill=0.3 + 0.65 * world.chance.random(),
                diligence=0.3 + 1.4 * world.chance.random(),
                is_hostile=world.happens(0.06),
            )
        )
    import_people(world, world.people[: -(-people * 7 // 10)])
    for unit in world.units[1:4]:
        give_order(world, unit=unit)


def _make_units(world: World) -> list[Unit]:
    agency = _make_unit(world, "agency", None, "")
    offices = [
        _make_unit(world, f"dinas-{n}", agency, zone)
        for n, zone in enumerate(_ZONES, 1)
    ]
    sections = [
        _make_unit(world, f"{office.code}-seksi-{n}", office, "")
        for office in offices
        for n in (1, 2)
    ]
    return [agency, *offices, *sections]


def _make_unit(world: World, code: str, parent: Unit | None, zone: str) -> Unit:
    return accounts_actions.create_unit(
        code=code,
        name=code.replace("-", " ").title(),
        parent=parent,
        starts_on=HIRED_ON,
        by=None,
        now=world.now,
        agency_name="Kabupaten Simulasi",
        time_zone=zone,
    )


def _make_staff(world: World, name: str, role: str, unit: Unit, number: int) -> None:
    person = accounts_actions.create_person(
        content=accounts_actions.PersonContent(
            nip=make_nip(number), name=f"Staf {name}", employment_status="PNS"
        ),
        unit=unit,
        starts_on=HIRED_ON,
        by=None,
        now=world.now,
    )
    accounts_actions.assign_role(
        person=person, unit=unit, role=role, by=None, now=world.now
    )
    world.staff[name] = person


def reader(world: World, name: str) -> User:
    """Return somebody of the staff, judged as of now."""
    return as_of(User.objects.get(pk=world.staff[name].pk), world.now)


# --- people -------------------------------------------------------------------------
def import_people(world: World, people: list[Person]) -> None:
    """Take people in by a sheet, each into a section by chance."""
    rows = [
        {
            **person_row(
                make_nip(one.number),
                f"Pegawai {one.number:03} Contoh",
                world.chance.choice(world.units[1:]),
            ),
            "email_dinas": f"p{one.number}@contoh.example" if one.number % 3 else "",
        }
        for one in people
    ]
    import_rows(world, rows, starts_on=world.today())
    numbers = dict(
        User.objects.filter(nip__in=[row["nip"] for row in rows]).values_list(
            "nip", "pk"
        )
    )
    for one in people:
        one.pk = numbers.get(make_nip(one.number), 0)


def person_row(nip: str, name: str, unit: Unit) -> dict[str, str]:
    return {
        "nip": nip,
        "nama": name,
        "status_kepegawaian": "PNS",
        "unit_kode": unit.code,
        "unit_nama": unit.name,
    }


def import_rows(world: World, rows: list[dict[str, str]], *, starts_on: date) -> None:
    columns = [title for title in _TITLES if any(title in row for row in rows)]
    lines = tuple(
        TableRow(number, tuple(row.get(title, "") for title in columns))
        for number, row in enumerate(rows, start=2)
    )
    table = Table(header=tuple(columns), rows=lines, sheet="Pegawai")
    sheet = read_people(table, today=world.today())
    options = ImportOptions(starts_on)
    by = reader(world, "hr1")
    plan = plan_import(sheet, options=options, by=by)
    if plan.errors:
        # A day on which somebody was moved already, or one of a role: told to HR.
        world.tell("sheet", f"refused: {sorted({one.code for one in plan.errors})}")
        return
    world.do(
        f"sheet of {len(rows)}",
        apply_import,
        sheet=sheet,
        options=options,
        confirmed=plan.digest,
        number=plan.number_to_confirm or None,
        by=by,
        now=world.now,
    )


def hire(world: World) -> None:
    """Take in some of those who are still to come."""
    waiting = [one for one in world.people if not one.pk]
    if waiting:
        import_people(world, waiting[: max(1, len(waiting) // 5)])


def move(world: World) -> None:
    """Move somebody to another unit: today, some days ago, or some days ahead."""
    person = somebody(world)
    if person is None:
        return
    days = world.chance.choices((0, -12, 6), weights=(75, 15, 10))[0]
    days = days and world.chance.randrange(min(days, 0), max(days, 0) + 1)
    unit = world.chance.choice(world.units[1:])
    world.do(
        f"{person.name} {days:+} days to {unit.code}",
        accounts_actions.move_person,
        person=person.row,
        unit=unit,
        starts_on=world.today() + timedelta(days=days),
        by=reader(world, "hr1"),
        now=world.now,
    )


def move_by_sheet(world: World) -> None:
    """Move a few people by a sheet that names only them."""
    rows = []
    for person in dict.fromkeys(somebody(world) for _ in range(3)):
        row = person.row if person else None
        if row and row.is_active and row.nip:
            unit = world.chance.choice(world.units[1:])
            rows.append(person_row(row.nip, row.name, unit))
    if rows:
        rows.sort(key=lambda row: row["nip"])
        world.tell(
            "sheet",
            "moves "
            + ", ".join(f"{row['nip'][-6:]} to {row['unit_kode']}" for row in rows),
        )
        import_rows(world, rows, starts_on=world.today())


def renumber(world: World) -> None:
    """Give somebody another NIP, as after a new appointment."""
    person = somebody(world)
    row = person.row if person else None
    if person is None or row is None or not row.nip or row.unit is None:
        return
    number = f"{row.nip[:8]}{2026 + world.week // 50}{world.chance.randrange(1, 13):02}"
    sheet = person_row(number + row.nip[14:], row.name, row.unit)
    world.tell(person.name, "another NIP")
    import_rows(world, [{**sheet, "nip_lama": row.nip}], starts_on=world.today())


def redate(world: World) -> None:
    """Correct the day of the moves of one day: it was another one."""
    wrong = world.today() - timedelta(days=world.chance.randrange(1, 10))
    right = wrong + timedelta(days=world.chance.choice((-3, -1, 1, 2)))
    world.do(
        f"moves of {wrong} were of {right}",
        redate_moves,
        wrong=wrong,
        right=right,
        unit=None,
        reason="Surat keputusan salah ketik",
        by=reader(world, "admin4"),
        now=world.now,
    )


def deactivate(world: World) -> None:
    """Let somebody no longer sign in."""
    person = somebody(world)
    if person:
        _switch(world, person, is_active=False)


def reactivate(world: World) -> None:
    """Let somebody sign in again."""
    inactive = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
    gone = [one for one in world.people if one.pk in inactive]
    if gone:
        _switch(world, world.chance.choice(gone), is_active=True)


def _switch(world: World, person: Person, *, is_active: bool) -> None:
    world.do(
        f"{person.name} {'on' if is_active else 'off'}",
        accounts_actions.set_active,
        person=person.row,
        is_active=is_active,
        by=reader(world, "hr1"),
        now=world.now,
    )


def somebody(world: World) -> Person | None:
    """Return a person who has been taken in."""
    known = [one for one in world.people if one.pk]
    return world.chance.choice(known) if known else None


def reorganise(world: World) -> None:
    """Put a section under another office, sometimes from a day that has passed."""
    section = world.chance.choice(world.units[4:])
    section.refresh_from_db()
    parent = world.chance.choice(world.units[1:4])
    parent.refresh_from_db()
    days = world.chance.choice((0, 0, -9))
    world.do(
        f"{section.code} {days:+} days under {parent.code}",
        accounts_actions.place_unit,
        unit=section,
        parent=parent,
        starts_on=world.today() + timedelta(days=days),
        by=None,
        now=world.now,
    )


# --- courses ------------------------------------------------------------------------
def withdraw(world: World) -> None:
    """Let somebody give up a course, in the middle of whatever she does there."""
    rows = Enrollment.objects.active().filter(completed_at=None).order_by("pk")
    pks = list(rows.values_list("pk", flat=True))
    if not pks:
        return
    place = Enrollment.objects.select_related("person", "course").get(
        pk=world.chance.choice(pks)
    )
    world.do(
        about(world, place),
        courses_actions.withdraw,
        enrollment_id=place.pk,
        by=place.person,
        now=world.now,
    )


def come_back(world: World) -> None:
    """Let somebody who gave up a course enrol again."""
    rows = Enrollment.objects.filter(
        state=Enrollment.State.WITHDRAWN, person__is_active=True
    ).order_by("pk")
    pks = list(rows.values_list("pk", flat=True))
    if not pks:
        return
    place = Enrollment.objects.select_related("person", "course").get(
        pk=world.chance.choice(pks)
    )
    world.do(
        about(world, place),
        courses_actions.enroll,
        course_id=place.course_id,
        person=place.person,
        by=place.person,
        now=world.now,
        starts_over=world.happens(0.2),
    )


def about(world: World, place: Enrollment) -> str:
    """Return what events call an enrolment."""
    numbers = {one.pk: one.name for one in world.people}
    return f"{numbers.get(place.person_id, '?')} {place.course.key} cycle {place.cycle}"


def give_order(world: World, *, unit: Unit | None = None) -> None:
    """Order a unit to take a course by a day."""
    unit = unit or world.chance.choice(world.units)
    course = world.chance.choice(world.courses)
    days = world.chance.randrange(10, 90)
    world.do(
        f"{course.key} for {unit.code} in {days} days",
        courses_actions.assign_course,
        course=course,
        unit=unit,
        due_on=world.today() + timedelta(days=days),
        by=reader(world, "hr1"),
        now=world.now,
    )


def take_order_back(world: World) -> None:
    """Cancel an order."""
    open_orders = Assignment.objects.filter(cancelled_at=None).order_by("pk")
    pks = list(open_orders.values_list("pk", flat=True))
    if len(pks) > 2:
        pk = world.chance.choice(pks)
        order = Assignment.objects.select_related("course", "unit").get(pk=pk)
        world.do(
            f"{order.course.key} for {order.unit.code}",
            courses_actions.cancel_assignment,
            assignment_id=pk,
            by=reader(world, "hr1"),
            now=world.now,
        )


def grant(world: World) -> None:
    """Give somebody more time or more tries; sometimes for a quiz of no course."""
    person = somebody(world)
    if person is None:
        return
    course = world.chance.choice([*world.courses, None])
    quiz_key = world.chance.choice(["posttest", ""])
    content = AccommodationContent(
        reason="Surat keterangan no. 1",
        course=course,
        quiz_key=quiz_key,
        extra_minutes=world.chance.choice((0, 10)),
        extra_percent=world.chance.choice((0, 25)),
        extra_attempts=world.chance.choice((0, 0, 1)),
    )
    world.do(
        f"{person.name} {course.key if course else 'everywhere'} {quiz_key}",
        quizzes_actions.grant_accommodation,
        person=person.row,
        content=content,
        token=world.new_uuid(),
        by=reader(world, "hr1"),
        now=world.now,
    )


def end_grant(world: World) -> None:
    """End an accommodation."""
    pks = list(
        Accommodation.objects.in_force().order_by("pk").values_list("pk", flat=True)
    )
    if pks:
        world.do(
            "an accommodation",
            quizzes_actions.revoke_accommodation,
            accommodation_id=world.chance.choice(pks),
            reason="Selesai",
            by=reader(world, "hr1"),
            now=world.now,
        )


def accept_late_answers(world: World) -> None:
    """Let late answers of somebody count, for a reason."""
    late = ResponseSave.objects.filter(
        counts=False, acceptance__isnull=True, attempt__state="submitted"
    ).order_by("pk")
    attempts = list(dict.fromkeys(late.values_list("attempt", flat=True)))
    if not attempts:
        return
    attempt_id = world.chance.choice(attempts)
    saves = list(late.filter(attempt=attempt_id).values_list("pk", flat=True))
    world.do(
        "late answers",
        quizzes_actions.accept_late_answers,
        attempt_id=attempt_id,
        saves=saves,
        reason="Gangguan jaringan, berita acara nomor 12",
        by=reader(world, "hr1"),
        now=world.now,
    )


# --- files --------------------------------------------------------------------------
def ask_for_file(world: World) -> None:
    """Ask for a report as a file."""
    name = world.chance.choice(("hr1", "hr2"))
    report: Any = ("completion", {})
    if world.happens(0.3):
        report = ("gain", {"course": world.chance.choice(world.courses).key})
    world.do(
        f"{name} {report[0]}",
        reports_actions.ask_for_export,
        report=report[0],
        format=world.chance.choice(("csv", "csv", "xlsx")),
        filters=report[1],
        by=reader(world, name),
        now=world.now,
    )
