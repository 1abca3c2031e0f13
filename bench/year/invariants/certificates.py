"""JP and certificates: once, without a gap, and saying what the record says."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.core import mail

from bench.year.oracle import Facts, Memory, Problems, by

# Printed scores have one decimal.
_SHOWN = Decimal("0.1")


def jp_is_given_once(facts: Facts, memory: Memory) -> Problems:
    """Each person gets the JP of a course once, in the year where she is."""
    given = Counter(
        (row["person_id"], facts.places[row["enrollment_id"]]["course_id"])
        for row in facts.jp
    )
    finished = {
        (row["person_id"], row["course_id"])
        for row in facts.places.values()
        if row["completed_at"]
    }
    for pair, count in given.items():
        if count > 1 or pair not in finished:
            yield facts.names.get(pair[0], "?"), f"{count} entries of JP for a course"
    for person_id, course_id in finished - set(given):
        yield (
            facts.names.get(person_id, "?"),
            f"no JP for {facts.courses[course_id]['key']}",
        )
    for row in facts.jp:
        if row["year"] != row["earned_on"].year:
            yield (
                facts.names.get(row["person_id"], "?"),
                "a year that is not that of the day",
            )


def one_certificate_for_each_completion(facts: Facts, memory: Memory) -> Problems:
    """Each completion has one certificate in force; nobody else has one."""
    replaced = {row["replaces_id"] for row in facts.certificates}
    current = Counter(
        row["enrollment_id"]
        for row in facts.certificates
        if row["id"] not in replaced and row["id"] not in facts.revoked
    )
    first = Counter(
        row["enrollment_id"] for row in facts.certificates if row["replaces_id"] is None
    )
    revoked = {
        row["enrollment_id"] for row in facts.certificates if row["id"] in facts.revoked
    }
    for place in facts.places.values():
        expected = int(place["completed_at"] is not None)
        if first[place["id"]] != expected:
            yield (
                facts.about(place),
                f"{first[place['id']]} certificates, expected {expected}",
            )
        if current[place["id"]] != expected and place["id"] not in revoked:
            yield facts.about(place), f"{current[place['id']]} certificates in force"


def numbers_have_no_gap(facts: Facts, memory: Memory) -> Problems:
    """The numbers of an issuer and a year are 1, 2, 3 …"""
    for issued, rows in by(facts.certificates, "issuer", "year").items():
        numbers = sorted(row["sequence"] for row in rows)
        if numbers != list(range(1, len(numbers) + 1)):
            yield str(issued), "numbers of certificates have a gap"


def certificates_say_what_is_known(facts: Facts, memory: Memory) -> Problems:
    """The certificate in force has the grade of the record and the JP of the ledger."""
    replaced = {row["replaces_id"] for row in facts.certificates}
    credited = {row["enrollment_id"]: row["jp"] for row in facts.jp}
    for row in facts.certificates:
        if row["id"] in replaced or row["id"] in facts.revoked:
            continue
        place = facts.places[row["enrollment_id"]]
        said, known = Decimal(row["data"]["score"]), place["final_percent"]
        if known is not None and known - said >= _SHOWN:
            yield facts.about(place), f"certificate says {said}, the record {known}"
        jp, ledger = row["data"]["jp"] or 0, credited.get(place["id"], 0)
        if jp != ledger:
            yield facts.about(place), f"certificate says {jp} JP, credited are {ledger}"


def everybody_is_told_once(facts: Facts, memory: Memory) -> Problems:
    """One mail for each certificate, and none to people who may not sign in."""
    told = mail.outbox[memory.mails :]
    memory.mails = len(mail.outbox)
    for number, count in Counter(
        _number_in(one.body) for one in mail.outbox if _number_in(one.body)
    ).items():
        if count > 1:
            yield number, f"{count} mails about one certificate"
    switched = ("accounts.person.activated", "accounts.person.deactivated")
    changes = by(facts.records(switched), "object_id")
    by_address = {row["email"]: row for row in facts.people.values() if row["email"]}
    sent = {row["number"]: row for row in facts.certificates}
    for one in told:
        person, certificate = by_address.get(one.to[0]), sent.get(_number_in(one.body))
        if person is None or certificate is None:
            continue
        at = facts.mailed_at.get(certificate["id"])
        states = [row for row in changes.get(person["id"], []) if at and row["at"] < at]
        if states and states[-1]["verb"].endswith("deactivated"):
            yield (
                facts.names.get(person["id"], "?"),
                "a certificate was mailed to somebody deactivated",
            )


def _number_in(body: Any) -> str:
    words = (word.strip(".,") for word in str(body).split())
    return next(
        (word for word in words if word.count("/") == 4 and ":" not in word), ""
    )
