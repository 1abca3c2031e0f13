#!/usr/bin/env bash
# Package   icalendar 7.3.2 (PyPI)
# Input     Two valid calendars read one after the other. Each defines a zone called "Kantor" (VTIMEZONE) and puts an
#           exam at 16.15 there: the first office lies at UTC+7, the second at UTC+9.
# Expected  A TZID means what its own file says (RFC 5545, 3.2.19): 16:15+07:00, then 16:15+09:00.
# Seen      16:15+07:00 twice, two hours late for the second office: the first definition of a name that a process reads
#           is used for every later file. In the other order both are +09:00. Read in two processes, both are right.
# Matters   A site that collects the calendars of many offices mixes up their hours, and which depends on who came
#           first.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet icalendar==7.3.2

cat > run.py <<'PY'
import sys

from icalendar import Calendar

LINES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Contoh//Ujian//ID
BEGIN:VTIMEZONE
TZID:Kantor
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:ujian@contoh.go.id
DTSTAMP:20261201T010000Z
DTSTART;TZID=Kantor:20261215T161500
SUMMARY:Ujian
END:VEVENT
END:VCALENDAR
"""


def read(offset):
    text = LINES.format(offset=offset).replace("\n", "\r\n")
    (event,) = Calendar.from_ical(text).events
    return event.start.isoformat()


print(*(read(offset) for offset in sys.argv[1:]))
PY
echo "icalendar 7.3.2: two calendars that define a zone of the same name"
alone="$(venv/bin/python run.py +0700) $(venv/bin/python run.py +0900)"
together=$(venv/bin/python run.py +0700 +0900)
reversed=$(venv/bin/python run.py +0900 +0700)
echo "expected: $alone (each read in a process of its own)"
echo "seen:     $together (in one process)"
echo "seen:     $reversed (in one process, the other order)"
same() { test "$1" = "$2" || { echo "The behaviour has changed."; exit 1; }; }
same "$alone" "2026-12-15T16:15:00+07:00 2026-12-15T16:15:00+09:00"
same "$together" "2026-12-15T16:15:00+07:00 2026-12-15T16:15:00+07:00"
same "$reversed" "2026-12-15T16:15:00+09:00 2026-12-15T16:15:00+09:00"
