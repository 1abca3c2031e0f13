"""Who may try again: rates for views, waits for secrets, told to people.

Client addresses count as allauth knows them, from configured proxies only; of IPv6 the
network that a household or an office is given.
"""

import ipaddress
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import sign_ins, tallies
from accounts.models import User
from accounts.tries import PATIENCE, RATES

GuardedView = Callable[..., HttpResponse]
KeyOf = Callable[[HttpRequest], object]
IPV6_NETWORK = 64
logger = logging.getLogger(__name__)


def client_network(request: HttpRequest) -> str:
    """Return the address that a request comes from, of IPv6 its network."""
    said = get_adapter(request).get_client_ip(request)
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said
    if isinstance(address, ipaddress.IPv4Address):
        return said
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))


def signed_in_person(request: HttpRequest) -> object:
    """Return the person who asks, or her network while nobody has signed in."""
    return request.user.pk or client_network(request)


def at_most(
    action: str, *, by: KeyOf = client_network, reads: bool = False
) -> Callable[[GuardedView], GuardedView]:
    """Answer 429 once `action` was sent too often by what `by` tells of the request.

    With `reads`, looking something up counts too; then a database that takes no row
    any more stops nobody.
    """

    def decorate(view: GuardedView) -> GuardedView:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            is_counted = reads or request.method not in {"GET", "HEAD", "OPTIONS"}
            if is_counted and not _is_within(action, by(request), forgiving=reads):
                return too_many(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _is_within(action: str, who: object, *, forgiving: bool) -> bool:
    key = tallies.tally_key(action, who)
    try:
        return tallies.count_within(key, RATES[action], now=timezone.now())
    except DatabaseError:
        if not forgiving:
            raise
        logger.exception("Nothing was counted for %s.", action)
        return True


def records(verb: str) -> Callable[[GuardedView], GuardedView]:
    """Append to the trail whenever a view has shown something to whom it belongs."""

    def decorate(view: GuardedView) -> GuardedView:
        @wraps(view)
        def recording(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            person = request.user
            if response.status_code == 200 and isinstance(person, User):
                sign_ins.note_at_the_door(
                    verb,
                    person,
                    by=person,
                    network=client_network(request),
                    now=timezone.now(),
                )
            return response

        return recording

    return decorate


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer that this was too often, and when to come back."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response


class TooManyTries(Exception):
    """A try at a secret must wait until `until`; the message says how long."""

    def __init__(self, until: datetime, *, now: datetime) -> None:
        self.until = until
        minutes = math.ceil((until - now).total_seconds() / 60)
        self.message = _(
            "Terlalu banyak percobaan. Tunggu %(minutes)d menit, lalu coba lagi."
        ) % {"minutes": minutes}
        super().__init__(self.message)


@dataclass(frozen=True)
class Try:
    """A try at a secret that was taken: say `succeeded` or `never_was`, or nothing.

    `leads_to_wait` says whether, as a mistake, it makes the next one wait.
    """

    own: str
    others: tuple[str, ...] = ()
    leads_to_wait: bool = False
    kind: str = ""

    def succeeded(self) -> None:
        """Forget the mistakes of this account from this address.

        Those from elsewhere stay: they were somebody else's.
        """
        tallies.forget_tries(self.own)
        tallies.give_back(*self.others)

    def never_was(self) -> None:
        """Give the try back: the secret was not looked at."""
        tallies.give_back(self.own, *self.others)


def try_secret(
    kind: str, account: object, *, request: HttpRequest, now: datetime
) -> Try:
    """Take a try at a password or code of `account`. Raises TooManyTries.

    Counted by account and address, by account where the address is not known to be
    hers, and by address, whatever the account.
    """
    network = client_network(request)
    mistakes = tallies.tally_key("mistakes", network)
    if not tallies.count_within(mistakes, RATES["mistakes"], now=now):
        raise TooManyTries(now + RATES["mistakes"].span, now=now)
    own = tallies.tally_key(kind, account, network)
    patience = {own: PATIENCE[kind]}
    others = [mistakes]
    if not tallies.is_remembered(_known(account, network), now=now):
        others.append(tallies.tally_key(kind, account))
        patience[others[-1]] = PATIENCE[f"{kind}_anywhere"]
    until, following = tallies.begin_try(patience, now=now)
    if until:
        tallies.give_back(mistakes)
        raise TooManyTries(until, now=now)
    return Try(own, tuple(others), leads_to_wait=following is not None, kind=kind)


def note_wrong(tried: Try, person: User | None, *, request: HttpRequest) -> None:
    """Append to the trail that what was tried was wrong; `person`: whose account."""
    sign_ins.note_mistake(
        person,
        secret=tried.kind,
        waits=tried.leads_to_wait,
        network=client_network(request),
        now=timezone.now(),
    )


def try_own_secret(kind: str, *parts: object, now: datetime) -> Try:
    """Take a try of somebody who is signed in; only she waits. Raises TooManyTries."""
    own = tallies.tally_key(kind, *parts)
    until, following = tallies.begin_try({own: PATIENCE[kind]}, now=now)
    if until:
        raise TooManyTries(until, now=now)
    return Try(own, leads_to_wait=following is not None, kind=kind)


def note_address(person_id: int, *, request: HttpRequest, now: datetime) -> None:
    """Keep that the person has signed in from where this request comes from."""
    tallies.remember_address(_known(person_id, client_network(request)), now=now)


def _known(account: object, network: str) -> str:
    return tallies.tally_key("known", account, network)
