"""What HR does to one person by hand: the verbs of `people` and `roles`, with rules.

Whether the person is hers is the view's to ask (`access.get_for`). Here stands what is
more than that: whose way in is whose to touch, which units may take somebody in, and
what was on the screen when she pressed.
"""

import hashlib
import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import audit
from accounts.access import UNIT, can
from accounts.actions import known_sessions, people, roles
from accounts.actions.people import PersonContent
from accounts.dates import check_has_begun
from accounts.exceptions import PersonNotTouched, RoleNotChanged
from accounts.models import (
    AuditRecord,
    RoleAssignment,
    Unit,
    UnitMembership,
    User,
)
from accounts.models.role import Role
from accounts.nip import birth_digits, normalise_nip
from accounts.people_import.likeness import may_be_one_name
from accounts.people_import.stored import CAPABILITY, born_on
from accounts.role_rules import MANAGE_ROLES, is_last_admin, manages_roles_of
from accounts.single_sign_on.site import PROVIDER_ID
from lib.paths import ancestor_paths
from lib.transactions import atomic_with_retry

_INVITED, _INVITED_ONCE_IN = "accounts.person.invited", timedelta(minutes=10)
_DETAILS = tuple(
    name for name in PersonContent.__dataclass_fields__ if name not in {"nip"}
)


def details_seen(person: User) -> str:
    """Return a digest of what HR may change, to be sent along with the change."""
    said = {name: str(getattr(person, name) or "") for name in _DETAILS}
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


@atomic_with_retry
def add_person(
    *,
    content: PersonContent,
    unit_id: int,
    starts_on: date,
    is_somebody_else: bool,
    by: User,
    now: datetime,
) -> User:
    """Take a person in by hand; the same form twice gives her once.

    Asks once whether she is somebody known with another number, where birth date and
    name are alike: `is_somebody_else` is the answer. Raises PersonNotTouched for that
    question and for a unit that is not `by`'s or is closed, and what `create_person`
    raises. Locks the unit.
    """
    unit = _open_unit(unit_id, by)
    number = normalise_nip(content.nip)
    known: User | None = User.objects.filter(nip=number, unit=unit).first()
    if known is not None and known.name == content.name:
        return known
    alike = born_on([birth_digits(number)]).get(birth_digits(number), ())
    if not is_somebody_else and any(may_be_one_name(content.name, o) for o in alike):
        raise PersonNotTouched(
            "same_person",
            _(
                "Sudah ada pegawai dengan nama dan tanggal lahir ini, atau yang "
                "namanya mirip. Bila orangnya sama dan NIP-nya berganti, ubah NIP di "
                "halamannya. Bila orang lain, centang “Ini orang lain” lalu simpan."
            ),
        )
    return people.create_person(
        content=content, unit=unit, starts_on=starts_on, by=by, now=now
    )


def _open_unit(unit_id: int, by: User) -> Unit:
    """Lock the unit that somebody comes to, so that nobody closes it meanwhile."""
    unit: Unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    if not can(by, CAPABILITY, unit, UNIT):
        raise PersonNotTouched(
            "foreign_unit", _("Unit ini bukan unit yang Anda kelola. Pilih unit lain.")
        )
    if not unit.is_active:
        raise PersonNotTouched(
            "closed_unit", _("Unit ini sudah ditutup. Pilih unit penggantinya.")
        )
    return unit


@atomic_with_retry
def change_details(
    *, person_id: int, content: PersonContent, seen: str, by: User, now: datetime
) -> bool:
    """Store what HR says about a person; True when something changed.

    `seen` is `details_seen` of what was on the screen. Raises PersonNotTouched where
    somebody else has changed her since, and for the address of somebody with a role
    that `by` does not manage; PersonNotAccepted for a status that her number
    contradicts, and what `update_person` raises. Locks the person.
    """
    person = _locked(person_id)
    changes = content.employment_status != person.employment_status
    if changes and person.nip:
        people.check_nip_is_usable(
            person.nip, status=content.employment_status, today=now.date()
        )
    if (content.email.strip().lower() or None) != person.email:
        _check_way_in(person, by)
    before = details_seen(person)
    if before != seen and not _says_the_same(person, content):
        raise PersonNotTouched(
            "changed_since",
            _(
                "Data pegawai ini baru saja diubah orang lain. Buka lagi halamannya, "
                "lalu periksa sebelum menyimpan."
            ),
        )
    return people.update_person(person=person, content=content, by=by, now=now)


def _says_the_same(person: User, content: PersonContent) -> bool:
    """Say whether the form was pressed twice: all of it is stored already."""
    return all(
        (getattr(content, name) or "") == (getattr(person, name) or "")
        for name in _DETAILS
    )


def _locked(person_id: int) -> User:
    person: User = User.objects.select_for_update(no_key=True).get(pk=person_id)
    return person


def _check_way_in(person: User, by: User) -> None:
    """Keep the way in of people with a role to those who manage their roles.

    Whoever could change such a person's address could come in as her by way of "Lupa
    kata sandi".
    """
    if person.has_role and not manages_roles_of(by, person):
        raise PersonNotTouched(
            "holds_a_role",
            _(
                "Pegawai ini memegang peran di sistem. NIP, surel, dan status aktifnya "
                "hanya dapat diubah admin sistem di atasnya."
            ),
        )


@atomic_with_retry
def unlink_agency_account(
    *, person_id: int, reason: str, by: User, now: datetime
) -> bool:
    """End the link to an account at the provider, and the sessions that came of it.

    False where there is none any more. Raises PersonNotTouched for somebody with a
    role that `by` does not manage. Locks the person.
    """
    person = _locked(person_id)
    _check_way_in(person, by)
    link = SocialAccount.objects.filter(provider=PROVIDER_ID, user=person)
    gone, _each = link.delete()
    if gone:
        ended = known_sessions.end_agency_sessions(person)
        audit.record(
            "accounts.sso.unlinked",
            person,
            by=by,
            now=now,
            reason=reason,
            count=ended,
        )
    return bool(gone)


@atomic_with_retry
def transfer_person(
    *, person_id: int, unit_id: int, starts_on: date, by: User, now: datetime
) -> bool:
    """From `starts_on` the person belongs to another unit; True when that is new.

    Raises PersonNotTouched for a unit that is not `by`'s or is closed, and for a day
    before a move that is noted already; MoveNotDated for a day to come. Locks the
    unit, then the person.
    """
    unit = _open_unit(unit_id, by)
    person = _locked(person_id)
    if person.unit_id == unit.pk:
        return False
    later = UnitMembership.objects.filter(person=person, starts_on__gt=starts_on)
    if later.exists():
        raise PersonNotTouched(
            "later_move",
            _(
                "Pegawai ini sudah tercatat pindah sesudah tanggal itu. Pilih tanggal "
                "yang lebih baru, atau betulkan dulu di halaman Pembetulan."
            ),
        )
    return people.move_person(
        person=person, unit=unit, starts_on=starts_on, by=by, now=now
    )


@atomic_with_retry
def switch_person(*, person_id: int, is_active: bool, by: User, now: datetime) -> bool:
    """Let a person sign in, or no longer; True when that is new. Nothing is lost.

    Raises PersonNotTouched for oneself, for somebody with a role that `by` does not
    manage, and for the last admin. Locks the units whose admin she is, then her.
    """
    if person_id == by.pk:
        raise PersonNotTouched(
            "oneself",
            _("Status akun Anda sendiri diubah pengelola lain."),
        )
    units = _lock_tops(RoleAssignment.objects.filter(person=person_id))
    person = _locked(person_id)
    if person.is_active == is_active:
        return False
    _check_way_in(person, by)
    if not is_active and any(is_last_admin(u, without=Q(person=person)) for u in units):
        raise PersonNotTouched("last_admin", _last_admin())
    return people.set_active(person=person, is_active=is_active, by=by, now=now)


def _lock_tops(held: QuerySet[RoleAssignment]) -> list[Unit]:
    """Lock the agencies in which these are admins; return the units they are it of.

    Of two admins who take each other's role one waits there, and sees what is left.
    """
    lasting = held.filter(role=Role.ADMIN, ends_at__isnull=True).select_related("unit")
    units = [one.unit for one in lasting]
    tops = {ancestor_paths(unit.path)[0] for unit in units if unit.path}
    locked = Unit.objects.select_for_update(no_key=True).filter(path__in=tops)
    list(locked.order_by("code"))
    return units


def _last_admin() -> str:
    return _(
        "Ini admin terakhir yang menjaga unitnya. Beri peran admin kepada orang lain "
        "lebih dahulu."
    )


@atomic_with_retry
def renumber_person(
    *, person_id: int, nip: str, starts_on: date, by: User, now: datetime
) -> bool:
    """From `starts_on` the person carries another NIP; True when that is new.

    Both numbers find her. Raises PersonNotTouched for oneself and for somebody with a
    role that `by` does not manage, MoveNotDated for a day to come, and what
    `change_number` raises. Locks the person.
    """
    person = _locked(person_id)
    if person.pk == by.pk:
        raise PersonNotTouched("oneself", _("NIP Anda sendiri diubah pengelola lain."))
    _check_way_in(person, by)
    check_has_begun(starts_on, now=now)
    return people.change_number(
        person=person, nip=nip, starts_on=starts_on, by=by, now=now
    )


@atomic_with_retry
def note_invitation(*, person_id: int, by: User, now: datetime) -> bool:
    """Note that a link to make a password goes to a person; False right after one.

    Raises PersonNotTouched where she has no address, may not sign in, or has made her
    password. Locks the person.
    """
    person = _locked(person_id)
    if not person.email or not person.is_active or person.has_usable_password():
        raise PersonNotTouched(
            "no_invitation",
            _(
                "Undangan hanya untuk akun aktif yang punya surel dinas dan belum "
                "punya kata sandi."
            ),
        )
    sent = AuditRecord.objects.filter(
        verb=_INVITED,
        object_type=User._meta.label_lower,
        object_id=person.pk,
        at__gt=now - _INVITED_ONCE_IN,
    )
    if sent.exists():
        return False
    audit.record(_INVITED, person, by=by, now=now)
    return True


@atomic_with_retry
def give_role(
    *,
    person_id: int,
    unit_id: int,
    role: str,
    ends_on: date | None,
    reason: str,
    by: User,
    now: datetime,
) -> RoleAssignment:
    """Give a role on a unit and all below, until the end of a day or until it is taken.

    Another end replaces the one before; the same twice changes nothing. Raises
    RoleNotChanged without a reason, for a unit that `by` is no admin of, a closed one,
    an account that is not active, and a day that is over. Locks the person.
    """
    person = _locked(person_id)
    unit = Unit.objects.get(pk=unit_id)
    _check_may_be_given(person, unit, role, reason, by)
    ends_at = _end_of(ends_on, unit) if ends_on else None
    if ends_at is not None and ends_at <= now:
        raise RoleNotChanged(
            "over", _("Tanggal akhirnya sudah lewat. Pilih hari ini atau sesudahnya.")
        )
    given = roles.assign_role(
        person=person,
        unit=unit,
        role=role,
        ends_at=ends_at,
        reason=reason.strip(),
        by=by,
        now=now,
    )
    others = RoleAssignment.objects.filter(person=person, unit=unit, role=role)
    lasting = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    for other in others.filter(lasting).exclude(pk=given.pk):
        _end(other, by=by, now=now)
    return given


def _check_may_be_given(
    person: User, unit: Unit, role: str, reason: str, by: User
) -> None:
    if role not in Role.values:
        raise RoleNotChanged("unknown", _("Pilih perannya."))
    if not reason.strip():
        raise RoleNotChanged("no_reason", _("Alasan masih kosong. Tulis dasarnya."))
    if not can(by, MANAGE_ROLES, unit, UNIT):
        raise RoleNotChanged(
            "foreign_unit",
            _("Anda bukan admin unit ini, jadi tidak dapat memberi peran di sana."),
        )
    if not unit.is_active:
        raise RoleNotChanged("closed_unit", _("Unit ini sudah ditutup."))
    if not person.is_active:
        raise RoleNotChanged(
            "inactive", _("Akun ini nonaktif. Aktifkan dulu, lalu beri perannya.")
        )


def _end_of(day: date, unit: Unit) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(unit.time_zone))


@atomic_with_retry
def take_role(*, assignment_id: int, by: User, now: datetime) -> RoleAssignment:
    """End a role now; one that has ended stays as it is.

    Raises RoleNotChanged for a role on a unit that `by` is no admin of, and for the
    last admin. Locks the agency of an admin's unit.
    """
    held = RoleAssignment.objects.select_related("unit", "person")
    _lock_tops(RoleAssignment.objects.filter(pk=assignment_id))
    assignment: RoleAssignment = held.get(pk=assignment_id)
    if not can(by, MANAGE_ROLES, assignment.unit, UNIT):
        raise RoleNotChanged(
            "foreign_unit",
            _("Anda bukan admin unit ini, jadi tidak dapat mengambil peran di sana."),
        )
    return _end(assignment, by=by, now=now)


def _end(assignment: RoleAssignment, *, by: User, now: datetime) -> RoleAssignment:
    is_over = assignment.ends_at is not None and assignment.ends_at <= now
    if (
        assignment.role == Role.ADMIN
        and not is_over
        and is_last_admin(assignment.unit, without=Q(pk=assignment.pk))
    ):
        raise RoleNotChanged("last_admin", _last_admin())
    return roles.revoke_role(assignment=assignment, by=by, now=now)
