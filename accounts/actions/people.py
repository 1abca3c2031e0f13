"""People: taking them in, moving them, letting them go."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction

from accounts import audit, details, numbers, recounts
from accounts.actions.roles import revoke_role
from accounts.dates import check_has_begun
from accounts.exceptions import PersonNotAccepted
from accounts.models import (
    DailyMail,
    DataRequest,
    KnownSession,
    Notice,
    NumberCorrection,
    PeopleDraft,
    PersonDetail,
    PersonIdentifier,
    PlannedErasure,
    SilencedKind,
    Unit,
    UnitMembership,
    User,
)
from accounts.models.person import IdentityKind
from accounts.nip import OLD_LENGTH, check_nip, is_pns, is_test_nip
from lib.printable import describe, unprintable

# What tells a person from others, but for name, number, address and dates.
_ERASED = (
    "title_prefix",
    "title_suffix",
    "salutation",
    "gender",
    "golongan",
    "jabatan_kind",
    "jabatan",
    "jenjang",
    "eselon",
    "agency_name",
)
# In place of what was answered to somebody, where a reason must stand.
_ERASED_ANSWER = "Dihapus."
# What stands on certificates.
_PRINTED = ("name", "title_prefix", "title_suffix", "jabatan", "agency_name")


@dataclass(frozen=True)
class PersonContent:
    """What HR says about a person; empty text where nothing is known."""

    nip: str
    name: str
    title_prefix: str = ""
    title_suffix: str = ""
    gender: str = ""
    employment_status: str = ""
    golongan: str = ""
    jabatan_kind: str = ""
    jabatan: str = ""
    jenjang: str = ""
    eselon: str = ""
    agency_name: str = ""
    jabatan_starts_on: date | None = None
    email: str = ""


def check_nip_is_usable(nip: str, *, status: str, today: date) -> tuple[str, str]:
    """Return (NIP of 18 digits, kind), or raise PersonNotAccepted with the remedy."""
    checked = check_nip(nip, today=today, expected_status=status or None)
    if not checked.ok or checked.value is None:
        problem = checked.errors[0]
        raise PersonNotAccepted(problem.code, problem.message)
    if is_test_nip(checked.value) and not settings.ELEARNING_ALLOW_TEST_NIP:
        raise PersonNotAccepted(
            "NIP_UJI",
            "NIP ini nomor uji (urut 900–999). Pakai NIP asli dari SK atau MyASN.",
        )
    kind = IdentityKind.NI_PPPK if checked.kind == "PPPK" else IdentityKind.NIP
    return checked.value, kind


def check_email_is_free(email: str, *, person: User | None) -> None:
    """Refuse an address that somebody other than `person` has."""
    address = email.strip()
    owner = User.objects.filter(email__iexact=address).first() if address else None
    if owner is not None and owner != person:
        raise PersonNotAccepted(
            "SUREL_GANDA",
            "Surel ini sudah dipakai akun lain. Periksa kembali alamatnya.",
        )


def check_is_printable(content: PersonContent) -> None:
    """Refuse letters that no certificate can show. Raises PersonNotAccepted."""
    printed = (getattr(content, name) for name in _PRINTED)
    unknown = unprintable(" ".join(printed))
    if unknown:
        raise PersonNotAccepted(
            "HURUF_TIDAK_TERCETAK",
            f"Huruf {describe(unknown)} tidak dapat dicetak pada sertifikat. "
            "Ganti dengan huruf Latin.",
        )


def _fields(content: PersonContent) -> dict[str, Any]:
    values = asdict(content)
    values["email"] = content.email.strip().lower() or None
    del values["nip"]
    return values


@transaction.atomic
def create_person(
    *,
    content: PersonContent,
    unit: Unit,
    starts_on: date,
    by: User | None,
    now: datetime,
) -> User:
    """Take a person in and give her a place; she cannot sign in without a password.

    Raises PersonNotAccepted for a wrong NIP, one that somebody carries or carried,
    an e-mail address that somebody has, and letters that cannot be printed.
    """
    check_is_printable(content)
    nip, kind = check_nip_is_usable(
        content.nip, status=content.employment_status, today=now.date()
    )
    if numbers.is_taken(nip):
        raise PersonNotAccepted(
            "NIP_GANDA", "NIP ini sudah dipakai akun lain. Periksa kembali nomornya."
        )
    check_email_is_free(content.email, person=None)
    person = User(nip=nip, identity_kind=kind, **_fields(content))
    person.set_unusable_password()
    person.save()
    numbers.note_numbers([(person.pk, kind, nip, starts_on)])
    audit.record("accounts.person.created", person, by=by, now=now)
    move_person(person=person, unit=unit, starts_on=starts_on, by=by, now=now)
    return person


@transaction.atomic
def update_person(
    *, person: User, content: PersonContent, by: User | None, now: datetime
) -> bool:
    """Store what HR now says; True when something changed.

    It holds from today on, where she is; reports of days before tell what held then.
    The number stays: see `change_number`. Raises
    PersonNotAccepted for an e-mail address that somebody else has, and for letters
    that cannot be printed.
    """
    check_is_printable(content)
    check_email_is_free(content.email, person=person)
    changed = {}
    for name, value in _fields(content).items():
        if (before := getattr(person, name)) != value:
            setattr(person, name, value)
            changed[name] = (before, value)
    if "email" in changed:
        # What was hers must not open her account any more.
        EmailAddress.objects.filter(user=person).delete()
    if changed:
        person.save(update_fields=list(changed))
        today = now.astimezone(ZoneInfo(person.time_zone)).date()
        details.note_changes(
            [details.Changed(person.pk, changed)], starts_on=today, now=now
        )
        audit.record(
            "accounts.person.updated", person, by=by, now=now, fields=list(changed)
        )
    return bool(changed)


@transaction.atomic
def change_number(
    *, person: User, nip: str, starts_on: date, by: User | None, now: datetime
) -> bool:
    """From `starts_on` the person carries another NIP; True when that is new.

    A CPNS of a new formation or a PPPK under a new agreement gets one (DOMAIN §1.1).
    She keeps everything and signs in with it from now on; the former number stays hers
    in `PersonIdentifier`. Raises PersonNotAccepted for a wrong number, and for one that
    anybody carries or carried, herself included.
    """
    number, kind = check_nip_is_usable(nip, status="", today=now.date())
    if number == person.nip:
        return False
    if numbers.is_taken(number):
        raise PersonNotAccepted(
            "NIP_GANDA", "NIP ini sudah pernah dipakai. Periksa kembali nomornya."
        )
    person.nip, person.identity_kind = number, kind
    person.save(update_fields=["nip", "identity_kind"])
    numbers.note_numbers([(person.pk, kind, number, starts_on)])
    audit.record("accounts.person.number_changed", person, by=by, now=now)
    return True


def kind_of_former(nip: str) -> IdentityKind:
    """Return the kind of a number that is part of the history."""
    if len(nip) == OLD_LENGTH:
        return IdentityKind.OLD_NIP
    return IdentityKind.NIP if is_pns(nip) else IdentityKind.NI_PPPK


@transaction.atomic
def move_person(
    *, person: User, unit: Unit, starts_on: date, by: User | None, now: datetime
) -> bool:
    """From `starts_on` the person belongs to `unit`; True when that is new.

    She keeps everything she has done. What holds today is the latest membership, so a
    move into the past changes only what reports say of the past. Her time zone follows
    the unit's. The counts of both units follow within a minute (`courses.tasks`), from
    what is noted here. Raises MoveNotDated for a day to come.
    """
    check_has_begun(starts_on, now=now)
    if person.unit_id == unit.pk:
        return False
    UnitMembership.objects.create(
        person=person, unit=unit, starts_on=starts_on, recorded_at=now
    )
    latest = person.memberships.select_related("unit").latest(
        "starts_on", "recorded_at", "pk"
    )
    before = person.unit_id
    person.unit = latest.unit
    person.time_zone = latest.unit.time_zone
    person.save(update_fields=["unit", "time_zone"])
    recounts.note([(person.pk, (before, person.unit_id))], now=now)
    audit.record(
        "accounts.person.moved", person, by=by, now=now, before=before, after=unit.pk
    )
    return True


@transaction.atomic
def set_active(
    *, person: User, is_active: bool, by: User | None, now: datetime
) -> bool:
    """Let a person sign in, or no longer; True when that is new. Nothing is lost.

    Her sessions end, and do not come back when she may sign in again.
    """
    if person.is_active == is_active:
        return False
    person.is_active = is_active
    person.session_turn += not is_active
    person.save(update_fields=["is_active", "session_turn"])
    recounts.note([(person.pk, (person.unit_id,))], now=now)
    verb = "activated" if is_active else "deactivated"
    audit.record(f"accounts.person.{verb}", person, by=by, now=now, unit=person.unit_id)
    return True


@transaction.atomic
def set_password(
    *, person: User, password: str, by: User | None, now: datetime
) -> None:
    """Give the person a new password; the password itself is never recorded."""
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record("accounts.person.password_set", person, by=by, now=now)


@transaction.atomic
def change_preferences(*, person: User, salutation: str, now: datetime) -> User:
    """Store how the person wants to be greeted."""
    person.salutation = salutation
    person.save(update_fields=["salutation"])
    audit.record("accounts.person.preferences_changed", person, by=person, now=now)
    return person


def _erase_practice(person: User) -> None:
    """Delete what she practised in a room above this one, without importing it.

    In the order of locks: whoever answers a follow-up goes on to the card.
    """
    person.follow_ups.all().delete()
    person.practice_responses.all()._raw_delete("default")
    person.review_misses.all()._raw_delete("default")
    person.review_cards.all().delete()
    person.review_preferences.all().delete()
    person.column_choices.all().delete()
    _erase_writing(person)
    # The paper itself goes with the next sweep of papers that nobody names.
    person.outside_certificates.update(number="", sha256="")


def _erase_writing(person: User) -> None:
    """Delete what she wrote for herself, and her calendar, in the room above."""
    for place in person.enrollments.filter(action_plan__isnull=False):
        place.action_plan.delete()
    person.part_notes.all().delete()
    # What others may read says nothing of her any more.
    person.inquiries.filter(is_public=False).delete()
    person.inquiries.update(person=None, text="")
    person.calendar_entries.all().delete()
    if feed := getattr(person, "calendar_feed", None):
        feed.delete()


@transaction.atomic
def anonymise_person(
    *, person: User, by: User | None, now: datetime, reason: str
) -> User:
    """Remove what identifies a person and leave the learning record countable.

    Employment status and unit stay for counting; roles end, and what proves who signs
    in is deleted. Issued certificates stay verifiable: they are official documents
    with a retention of their own. There is no way back.
    """
    for assignment in person.role_assignments.all():
        revoke_role(assignment=assignment, by=by, now=now)
    # Before her own row, whose keys change: whoever answers a question holds its card
    # and refers to the person at commit.
    _erase_practice(person)
    person.nip = None
    person.email = None
    person.name = "Akun dihapus"
    for name in _ERASED:
        setattr(person, name, "")
    person.jabatan_starts_on = person.status_starts_on = None
    person.key = uuid.uuid4()
    person.has_role = person.is_active = False
    person.restricted_at = None
    person.set_unusable_password()
    person.save()
    recounts.note([(person.pk, (person.unit_id,))], now=now)
    PersonDetail.objects.filter(person=person)._raw_delete("default")
    NumberCorrection.objects.filter(identifier__person=person)._raw_delete("default")
    PersonIdentifier.objects.filter(person=person)._raw_delete("default")
    Notice.objects.filter(person=person).delete()
    SilencedKind.objects.filter(person=person).delete()
    DailyMail.objects.filter(person=person)._raw_delete("default")
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    KnownSession.objects.filter(person=person).delete()
    DataRequest.objects.filter(person=person).update(words="", answer=_ERASED_ANSWER)
    PlannedErasure.objects.filter(person=person).delete()
    PeopleDraft.objects.filter(owner=person).delete()
    audit.record(
        "accounts.person.anonymised",
        person,
        by=by,
        now=now,
        reason=reason,
        unit=person.unit_id,
    )
    return person
