#!/usr/bin/env bash
# Package   recurring-ical-events 3.8.2 with icalendar 7.3.2 (PyPI)
# Input     A valid calendar of two whole days: the deadline of 15 December stands, that of 16 December was withdrawn
#           (STATUS:CANCELLED, SEQUENCE:1), as a server tells those who have already fetched it.
# Expected  What happens in December is the first one; a cancelled event does not take place.
# Seen      Both are returned, alike but for their STATUS, which the caller has to ask for. A single day taken out of a
#           series with EXDATE is left out.
# Matters   Programs that build on it go on reminding a learner of a deadline that HR has taken back.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet recurring-ical-events==3.8.2 icalendar==7.3.2

cat > run.py <<'PY'
import icalendar
import recurring_ical_events

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Contoh//Tenggat//ID\n"
EVENT = (
    "BEGIN:VEVENT\nUID:{day}@contoh.go.id\nDTSTAMP:20261201T010000Z\n"
    "DTSTART;VALUE=DATE:202612{day}\nSUMMARY:Tenggat\n{more}END:VEVENT\n"
)


def days(*events):
    text = (HEAD + "".join(events) + "END:VCALENDAR\n").replace("\n", "\r\n")
    calendar = icalendar.Calendar.from_ical(text)
    found = recurring_ical_events.of(calendar).between((2026, 12, 1), (2027, 1, 1))
    return sorted((one.start.day, str(one.get("STATUS", ""))) for one in found)


stands = EVENT.format(day=15, more="")
cancelled = EVENT.format(day=16, more="STATUS:CANCELLED\nSEQUENCE:1\n")
series = EVENT.format(day=15, more="RRULE:FREQ=DAILY;COUNT=2\nEXDATE;VALUE=DATE:20261216\n")
told, excepted = days(stands, cancelled), days(series)
print("expected: [(15, '')] both times")
print("seen:    ", told, "where the second is cancelled")
print("seen:    ", excepted, "where the second of a series is an exception")
assert told == [(15, ""), (16, "CANCELLED")], "The behaviour has changed."
assert excepted == [(15, "")], "The behaviour has changed."
PY
echo "recurring-ical-events 3.8.2: a deadline that was withdrawn"
venv/bin/python run.py
