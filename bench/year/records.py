"""What HR says anew of people, and what she puts right; what people choose."""

from accounts import actions as accounts_actions
from accounts.actions import PersonContent
from accounts.models import RoleAssignment, User
from bench.year.office import import_rows, make_nip, person_row, reader, somebody
from bench.year.world import Person, World
from quizzes import actions as quizzes_actions

_GRADES = ("III/a", "III/b", "III/c", "III/d")
_JOBS = ("Analis", "Pranata Komputer", "Arsiparis")
# No person of the agency has a number from here on.
_FREE = 9_000


def promote(world: World) -> None:
    """Give somebody another job or title: by a sheet, or by itself."""
    person = somebody(world)
    row = person.row if person else None
    if person is None or row is None or not row.nip or row.unit is None:
        return
    said = {
        "golongan": world.chance.choice(_GRADES),
        "jabatan": world.chance.choice(_JOBS),
    }
    if world.happens(0.3):
        said["gelar_belakang"] = world.chance.choice(("S.Kom.", "S.E.", "M.Si."))
    world.tell(person.name, f"{sorted(said.values())}")
    if world.happens(0.5):
        sheet = {**person_row(row.nip, row.name, row.unit), **said}
        import_rows(world, [sheet], starts_on=world.today())
        return
    content = PersonContent(
        nip=row.nip,
        name=row.name,
        title_suffix=said.get("gelar_belakang", row.title_suffix),
        employment_status=row.employment_status,
        golongan=said["golongan"],
        jabatan=said["jabatan"],
        email=row.email or "",
    )
    world.do(
        person.name,
        accounts_actions.update_person,
        person=row,
        content=content,
        by=reader(world, "hr1"),
        now=world.now,
    )


def slip(world: World) -> None:
    """Give somebody a number that is not hers; sometimes it is found at once."""
    person = somebody(world)
    row = person.row if person else None
    if person is None or row is None or not row.nip:
        return
    before = row.nip
    wrong = make_nip(_FREE + world.chance.randrange(900))
    done = world.do(
        f"{person.name} another number",
        accounts_actions.change_number,
        person=row,
        nip=wrong,
        starts_on=world.today(),
        by=reader(world, "hr1"),
        now=world.now,
    )
    if done and world.happens(0.6):
        _correct(world, person, wrong, before)


def correct(world: World) -> None:
    """Say that the number of somebody who has had several was wrong."""
    several = [
        one
        for one in world.people
        if one.pk and one.row.nip and one.row.identifiers.count() > 1
    ]
    if not several:
        return
    person = world.chance.choice(several)
    rows = person.row.identifiers.standing().order_by("pk")
    numbers = list(rows.values_list("value", flat=True))
    right = numbers[-2] if len(numbers) > 1 else make_nip(_FREE + world.week)
    _correct(world, person, str(person.row.nip), right)


def _correct(world: World, person: Person, wrong: str, right: str) -> None:
    world.do(
        f"{person.name} number corrected",
        accounts_actions.correct_number,
        person_id=person.pk,
        wrong=wrong,
        right=right,
        reason="Surat keputusan orang lain",
        by=reader(world, "hr1"),
        now=world.now,
    )


def lend_role(world: World) -> None:
    """Let somebody review courses, or no longer."""
    held = RoleAssignment.objects.filter(role="reviewer", ends_at=None).order_by("pk")
    if held.exists() and world.happens(0.6):
        world.do(
            "reviewer",
            accounts_actions.revoke_role,
            assignment=held[0],
            by=reader(world, "admin4"),
            now=world.now,
        )
        return
    person = somebody(world)
    if person and person.row.unit:
        world.do(
            f"{person.name} reviewer",
            accounts_actions.assign_role,
            person=person.row,
            unit=person.row.unit,
            role="reviewer",
            by=reader(world, "admin4"),
            now=world.now,
        )


def choose(world: World) -> None:
    """Let somebody change what is hers: greeting, Ulangan, password."""
    person = somebody(world)
    if person is None:
        return
    row: User = person.row
    kind = world.chance.randrange(3)
    if kind == 0:
        world.do(
            person.name,
            accounts_actions.change_preferences,
            person=row,
            salutation=world.chance.choice(("Bu", "Pak", "")),
            now=world.now,
        )
    elif kind == 1:
        world.do(
            person.name,
            quizzes_actions.set_review_preference,
            person=row,
            is_off=world.happens(0.2),
            rests=world.happens(0.3),
            now=world.now,
        )
    else:
        world.do(
            person.name,
            accounts_actions.set_password,
            person=row,
            password=f"sandi-{world.chance.getrandbits(40)}",
            by=row,
            now=world.now,
        )
