#!/usr/bin/env bash
# Package   date-holidays 3.37.0 (npm) in Node; for comparison holidays 0.109 (PyPI)
# Input     The national holidays of Indonesia in 2023 and 2026, with their Indonesian names.
# Expected  The days of the joint decrees of three ministers, which offices keep: Idulfitri on 22 and 23 April 2023 and
#           on 21 and 22 March 2026, Iduladha on 29 June 2023, Waisak on 4 June 2023, Isra Mikraj on 18 February 2023.
#           holidays has them.
# Seen      Idulfitri a day too early in both years, Iduladha 2023 too, Waisak 2023 four weeks too early (6 May), and
#           Isra Mikraj on its day but under the name of another feast: two "Maulid Nabi Muhammad" a year.
# Matters   A deadline that is moved off a holiday lands on one, and the page congratulates on the wrong feast.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --silent --no-fund --no-audit --ignore-scripts date-holidays@3.37.0
python3 -m venv venv
venv/bin/pip install --quiet holidays==0.109

cat > run.js <<'JS'
const assert = require('node:assert');
const Holidays = require('date-holidays');

const indonesia = new Holidays('ID', { languages: 'id' });
const days = (year, name) =>
  indonesia
    .getHolidays(year)
    .filter((one) => one.name.includes(name))
    .map((one) => one.date.slice(0, 10));
const seen = {};
const asked = [[2023, 'Fitri'], [2026, 'Fitri'], [2023, 'Adha'], [2023, 'Waisak'], [2023, 'Mikraj'], [2023, 'Maulid']];
for (const [year, name] of asked)
  seen[`${name} ${year}`] = days(year, name);
for (const [name, found] of Object.entries(seen)) console.log(`seen:     date-holidays: ${name}: ${found.join(', ')}`);
assert.deepStrictEqual(seen, {
  'Fitri 2023': ['2023-04-21', '2023-04-22'],
  'Fitri 2026': ['2026-03-20', '2026-03-21'],
  'Adha 2023': ['2023-06-28'],
  'Waisak 2023': ['2023-05-06'],
  'Mikraj 2023': [],
  'Maulid 2023': ['2023-02-18', '2023-09-27'],
}, 'The behaviour has changed.');
JS
cat > run.py <<'PY'
import holidays

indonesia = holidays.Indonesia(years=[2023, 2026], language="id")


def days(year, name):
    return [str(day) for day, words in sorted(indonesia.items()) if day.year == year and name in words]


ASKED = ((2023, "Fitri"), (2026, "Fitri"), (2023, "Adha"), (2023, "Waisak"), (2023, "Mikraj"), (2023, "Maulid"))
seen = {f"{name} {year}": days(year, name) for year, name in ASKED}
for name, found in seen.items():
    print(f"expected: holidays: {name}:", ", ".join(found))
assert seen == {
    "Fitri 2023": ["2023-04-22", "2023-04-23"],
    "Fitri 2026": ["2026-03-21", "2026-03-22"],
    "Adha 2023": ["2023-06-29"],
    "Waisak 2023": ["2023-06-04"],
    "Mikraj 2023": ["2023-02-18"],
    "Maulid 2023": ["2023-09-28"],
}, "The behaviour has changed."
PY
echo "date-holidays 3.37.0: holidays of Indonesia in 2023 and 2026"
venv/bin/python run.py
node run.js
