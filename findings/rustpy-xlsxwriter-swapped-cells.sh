#!/usr/bin/env bash
# Package   rustpy-xlsxwriter 0.8.0 (PyPI); the sheet is read by python-calamine 0.9.1
# Input     Three records as dictionaries: the second has its keys in another order, the third lacks one of them.
# Expected  Each value under the heading that is its key, as write_csv does when it is told the columns; what is lacking
#           stays empty.
# Seen      The values are written in the order of each dictionary: the name stands under "nip" and the number of the
#           employee under "nama"; the third score too stands under "nama". No error, no warning; the same in CSV.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet rustpy-xlsxwriter==0.8.0 python-calamine==0.9.1

cat > run.py <<'PY'
import csv
import warnings

from python_calamine import CalamineWorkbook
from rustpy_xlsxwriter import write_csv, write_worksheet

warnings.simplefilter("error")
HEADINGS = ["nip", "nama", "nilai"]
RECORDS = [
    {"nip": "198501012010011001", "nama": "Siti", "nilai": "90"},
    {"nama": "Budi", "nip": "199002022015021002", "nilai": "80"},
    {"nip": "197003031995031003", "nilai": "70"},
]


def rows_of_csv(**options):
    write_csv(RECORDS, "nilai.csv", **options)
    with open("nilai.csv", newline="") as file:
        return list(csv.reader(file))


write_worksheet(RECORDS, "nilai.xlsx")
sheet = CalamineWorkbook.from_path("nilai.xlsx").get_sheet_by_index(0).to_python()
plain, told = rows_of_csv(), rows_of_csv(columns=HEADINGS)
expected = [HEADINGS, *([record.get(key, "") for key in HEADINGS] for record in RECORDS)]
print("expected:", expected)
print("seen:     xlsx:", sheet)
print("seen:     csv: ", plain)
print("seen:     csv, columns told:", told)
swapped = ["Budi", "199002022015021002", "80"]
assert sheet == [*expected[:2], swapped, ["197003031995031003", "70", ""]], "The behaviour has changed."
assert plain == [*expected[:2], swapped, ["197003031995031003", "70"]], "The behaviour has changed."
assert told == expected, "The behaviour has changed."
PY
echo "rustpy-xlsxwriter 0.8.0: records whose keys stand in another order"
venv/bin/python run.py
