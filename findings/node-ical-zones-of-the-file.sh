#!/usr/bin/env bash
# Package   node-ical 0.26.1 (npm) in Node; for comparison ical.js 2.2.1 (npm)
# Input     A valid calendar that defines its zone itself (VTIMEZONE, UTC+9) and puts an exam at 16.15 there. The zone
#           is called "WIT", as people in the east of Indonesia say, then "Waktu Kantor", then "Asia/Jayapura".
# Expected  16.15 at UTC+9 is 07:15 UTC, whatever the zone is called and wherever the program runs. ical.js says so.
# Seen      Only for Asia/Jayapura. The definition is not used for the other names: the clock of the machine is taken,
#           so the exam is at 16:15 UTC on a server, and at 09:15 UTC (two hours late) on a laptop in Jakarta.
# Matters   A time off by two to nine hours that looks right to whoever tries it where the calendar was made.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --silent --no-fund --no-audit --ignore-scripts node-ical@0.26.1 ical.js@2.2.1

cat > run.js <<'JS'
const nodeIcal = require('node-ical');
const ICAL = require('ical.js');

const calendar = (zone) => `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Contoh//Ujian//ID
BEGIN:VTIMEZONE
TZID:${zone}
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:ujian@contoh.go.id
DTSTAMP:20261201T010000Z
DTSTART;TZID=${zone}:20261215T161500
DTEND;TZID=${zone}:20261215T171500
SUMMARY:Ujian
END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n');

const hours = ['WIT', 'Waktu Kantor', 'Asia/Jayapura'].map((zone) => {
  const event = Object.values(nodeIcal.parseICS(calendar(zone))).find((one) => one.type === 'VEVENT');
  const other = new ICAL.Event(new ICAL.Component(ICAL.parse(calendar(zone))).getFirstSubcomponent('vevent'));
  return [event.start, other.startDate.toJSDate()].map((moment) => moment.toISOString().slice(11, 16)).join('|');
});
console.log(hours.join(' '));
JS
echo "node-ical 0.26.1: zones that a calendar defines itself (WIT, Waktu Kantor, Asia/Jayapura)"
server=$(TZ=UTC node run.js)
laptop=$(TZ=Asia/Jakarta node run.js)
echo "expected: 07:15|07:15 07:15|07:15 07:15|07:15 (node-ical|ical.js)"
echo "seen:     $server on a machine at UTC"
echo "seen:     $laptop on a machine in Jakarta"
test "$server" = "16:15|07:15 16:15|07:15 07:15|07:15" || { echo "The behaviour has changed."; exit 1; }
test "$laptop" = "09:15|07:15 09:15|07:15 07:15|07:15" || { echo "The behaviour has changed."; exit 1; }
