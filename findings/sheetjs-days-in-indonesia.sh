#!/usr/bin/env bash
# Package   xlsx (SheetJS) 0.18.5 (npm) in Node
# Input     A sheet with two dates, a birthday on 1 January 1990 and an exam on 1 December 2026 at 16.15, read with
#           cellDates on machines in Jakarta, Makassar and Jayapura, and in Tokyo and at UTC.
# Expected  The local day and time of the cell in every zone: 1990-01-01 0:00:00 and 2026-12-01 16:15:00.
# Seen      So at UTC and in Tokyo. In Jakarta 1989-12-31 23:59:48 and 16:14:48, in Makassar 36 and in Jayapura 48
#           seconds too early: the days are counted from 1899, when the clocks of these places were set by their own
#           sun.
# Matters   getFullYear, getMonth and getDate, or a format without seconds, give a birthday, a start of service or a
#           deadline a day too early, in Indonesia and not where it is tested.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --silent --no-fund --no-audit --ignore-scripts xlsx@0.18.5

cat > run.js <<'JS'
const XLSX = require('xlsx');

// Excel counts days from 30 December 1899; 16.15 is 16.25 of 24 hours.
const sheet = {
  '!ref': 'A1:A2',
  A1: { t: 'n', v: 32874, z: 'dd/mm/yyyy' },
  A2: { t: 'n', v: 46357 + 16.25 / 24, z: 'dd/mm/yyyy hh:mm' },
};
const file = XLSX.write({ SheetNames: ['Pegawai'], Sheets: { Pegawai: sheet } }, { type: 'buffer', bookType: 'xlsx' });
const read = XLSX.read(file, { cellDates: true }).Sheets.Pegawai;
const two = (number) => String(number).padStart(2, '0');
const shown = ({ v: at }) =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(two).join('-') +
  'T' + [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
console.log(shown(read.A1), shown(read.A2));
JS
echo "xlsx (SheetJS) 0.18.5: the dates 1990-01-01 and 2026-12-01 16:15 by zone"
echo "expected: 1990-01-01T00:00:00 2026-12-01T16:15:00 everywhere"
failed=
while read -r zone expected; do
  seen=$(TZ=$zone node run.js)
  echo "seen:     $seen ($zone)"
  test "$seen" = "$expected" || failed=yes
done <<'ZONES'
UTC 1990-01-01T00:00:00 2026-12-01T16:15:00
Asia/Tokyo 1990-01-01T00:00:00 2026-12-01T16:15:00
Asia/Jakarta 1989-12-31T23:59:48 2026-12-01T16:14:48
Asia/Makassar 1989-12-31T23:59:24 2026-12-01T16:14:24
Asia/Jayapura 1989-12-31T23:59:12 2026-12-01T16:14:12
ZONES
test -z "$failed" || { echo "The behaviour has changed."; exit 1; }
