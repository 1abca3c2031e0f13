"""Once the queue is quiet nothing is left lying, whatever was lost on the way."""

from datetime import timedelta

from bench.year.marks import LATE
from bench.year.oracle import Facts, Memory, Problems, rows_of
from certificates.models import CertificateFile, CertificateWork
from quizzes.models import FollowUp
from reports.models import ExportJob

_DAYS = (30, 90)
_VALID = timedelta(days=14)


def overdue_attempts_are_handed_in(facts: Facts, memory: Memory) -> Problems:
    """No attempt is open whose time and grace are over."""
    for attempt in facts.attempts.values():
        closes = attempt["closes_at"]
        if closes is None or attempt["state"] == "submitted":
            continue
        # What the deadline has ended may wait for answers.
        waits = LATE if attempt["state"] == "closed" else timedelta(0)
        if closes + waits < facts.now - timedelta(hours=2):
            place = facts.places[attempt["enrollment_id"]]
            yield (
                f"{facts.about(place)} {attempt['quiz_key']}",
                f"is still {attempt['state']}",
            )


def certificates_have_their_file(facts: Facts, memory: Memory) -> Problems:
    """Every certificate was drawn and told, and no work on one has failed."""
    drawn = {row["certificate_id"] for row in rows_of(CertificateFile)}
    for row in facts.certificates:
        person = facts.people[row["person_id"]]
        name = facts.names.get(person["id"], "?")
        if row["id"] not in drawn:
            yield name, f"certificate {row['number']} has no file"
    for row in rows_of(CertificateWork):
        place = facts.places[row["enrollment_id"]]
        asked = row["asked_at"] or place["completed_at"]
        if row["failures"] or asked < facts.now - timedelta(hours=6):
            yield facts.about(place), f"work is left: {row['kind']} {row['problem']}"


def files_are_made(facts: Facts, memory: Memory) -> Problems:
    """No export waits, and none has failed."""
    for row in rows_of(ExportJob):
        if row["state"] != "done":
            yield f"file {row['id']}", f"{row['report']} is {row['state']}"


def follow_ups_are_asked(facts: Facts, memory: Memory) -> Problems:
    """Thirty and ninety days after a course three questions wait for its person."""
    there = {(row["enrollment_id"], row["day"]) for row in rows_of(FollowUp)}
    for place in facts.places.values():
        at = place["completed_at"]
        is_here = facts.people[place["person_id"]]["is_active"]
        if at is None or place["state"] != "active" or not is_here:
            continue
        for day in _DAYS:
            opens = at + timedelta(days=day)
            if opens < facts.now < opens + _VALID and (place["id"], day) not in there:
                yield facts.about(place), f"nothing was asked after {day} days"
