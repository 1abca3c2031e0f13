"""Whose account at the site an account at the provider is, decided once."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions.known_sessions import end_agency_sessions
from accounts.actions.people import PersonContent, create_person
from accounts.actions.sign_ins import note_at_the_door
from accounts.actions.tallies import tally_key, use_once
from accounts.exceptions import PersonNotAccepted
from accounts.models import KnownSession, Unit, User
from accounts.single_sign_on.claims import Claims, proves
from accounts.single_sign_on.id_tokens import IdTokenRefused
from accounts.single_sign_on.logout_tokens import LASTS, ToldLogout
from accounts.single_sign_on.site import PROVIDER_ID
from lib.transactions import atomic_with_retry


class NotLinked(Exception):
    """Nobody is let in; `code` says why: see `accounts.single_sign_on.wording`."""

    def __init__(self, code: str, person: User | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.person = person


def check_is_still_hers(claims: Claims, person: User) -> None:
    """Refuse an account that names the number of somebody else by now.

    Raises NotLinked. A number that nobody has here is no contradiction: HR may note
    a new one later than the provider does.
    """
    others = User.objects.exclude(pk=person.pk)
    if claims.nip and others.filter(nip=claims.nip).exists():
        raise NotLinked("foreign_number", person)


def person_to_link(claims: Claims, *, network: str, now: datetime) -> User:
    """Return whose account this is from now on, and link it. Raises NotLinked.

    The number must be known, proven, and linked to no other account of the provider;
    where the settings name a unit for newcomers, an unknown one is taken in.
    """
    if not claims.nip:
        raise NotLinked("no_number")
    person = User.objects.filter(nip=claims.nip).first()
    if person is None:
        person = _take_in(claims, now=now)
    elif not proves(
        claims,
        nip=person.nip or "",
        email=person.email or "",
        trusts_nip=settings.ELEARNING_SSO_TRUSTS_NIP,
    ):
        raise NotLinked("not_proven", person)
    _link(claims, person, network=network, now=now)
    return person


@transaction.atomic
def _link(claims: Claims, person: User, *, network: str, now: datetime) -> None:
    # One row a person: who is linked already came with another account.
    mine = SocialAccount.objects.filter(provider=PROVIDER_ID, user=person)
    if mine.exists():
        raise NotLinked("linked_elsewhere", person)
    try:
        with transaction.atomic():
            SocialAccount.objects.create(
                provider=PROVIDER_ID, uid=claims.uid, user=person, extra_data={}
            )
    except IntegrityError:
        # The same account came twice at one moment: it is linked now.
        if not mine.filter(uid=claims.uid).exists():
            raise NotLinked("linked_elsewhere", person) from None
        return
    note_at_the_door("accounts.sso.linked", person, by=person, network=network, now=now)


def _take_in(claims: Claims, *, now: datetime) -> User:
    """Take a newcomer in, where the settings say into which unit.

    Her number is proof here only where the operator trusts the provider with it.
    """
    code = settings.ELEARNING_SSO_NEWCOMERS_UNIT
    unit = Unit.objects.filter(code=code).first() if code else None
    if unit is None or not settings.ELEARNING_SSO_TRUSTS_NIP:
        raise NotLinked("unknown_number")
    content = PersonContent(
        nip=claims.nip, name=claims.name or claims.nip, email=claims.verified_email
    )
    try:
        return create_person(
            content=content,
            unit=unit,
            starts_on=timezone.localdate(now),
            by=None,
            now=now,
        )
    except PersonNotAccepted as refused:
        raise NotLinked("unknown_number") from refused


@atomic_with_retry
def end_what_was_told(told: ToldLogout, *, network: str, now: datetime) -> int:
    """End here what has ended at the provider; return how many sessions.

    Raises IdTokenRefused for a token that came before. Whoever signed in with a
    password stays.
    """
    key = tally_key("told logout", told.token_id)
    if not use_once(key, lasts=2 * LASTS, now=now):
        raise IdTokenRefused("Came before.")
    person = _who_is_out(told)
    ended = end_agency_sessions(person, only=told.agency_session) if person else 0
    if ended:
        verb = "accounts.sso.sessions_ended"
        note_at_the_door(verb, person, by=None, network=network, now=now, count=ended)
    return ended


def _who_is_out(told: ToldLogout) -> User | None:
    if told.uid:
        people = User.objects.filter(
            socialaccount__provider=PROVIDER_ID, socialaccount__uid=told.uid
        )
    else:
        begun = KnownSession.objects.filter(agency_session=told.agency_session)
        people = User.objects.filter(known_sessions__in=begun)
    return people.first()
