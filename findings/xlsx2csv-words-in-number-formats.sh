#!/usr/bin/env bash
# Package   xlsx2csv 0.8.6 (PyPI); the workbook is written by xlsxwriter 3.3.1
# Input     Five numbers with words in quotation marks in their formats, as in sheets of personnel offices: 30 "tahun",
#           5 "hari", 32 "JP", 4 "peserta", and 30:15 as [h]:mm (thirty hours and a quarter).
# Expected  The numbers, with their words or without them.
# Seen      "0"" ta12un""" and "0 ""12ari""": a format whose words have a d, h, m, s or y is taken for one of a date and
#           printed itself, and the number is nowhere in the row. 4 is lost in the same way: "0 ""peserta""". 32 JP is
#           32. The thirty hours come as 1.260417 (days).
# Matters   Years of service and days of training vanish from a CSV, and every person gets the same text.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet xlsx2csv==0.8.6 xlsxwriter==3.3.1

cat > run.py <<'PY'
from datetime import timedelta
from io import StringIO

import xlsxwriter
from xlsx2csv import Xlsx2csv

CELLS = (
    ("Masa kerja", 30, '0" tahun"'),
    ("Cuti", 5, '0 "hari"'),
    ("Pelatihan", 32, '0 "JP"'),
    ("Kelas", 4, '0 "peserta"'),
    ("Lama", timedelta(hours=30, minutes=15), "[h]:mm"),
)
with xlsxwriter.Workbook("pegawai.xlsx") as book:
    sheet = book.add_worksheet("Pegawai")
    for row, (title, value, number_format) in enumerate(CELLS):
        sheet.write(row, 0, title)
        sheet.write(row, 1, value, book.add_format({"num_format": number_format}))
text = StringIO()
Xlsx2csv("pegawai.xlsx").convert(text)
print("expected: 30 tahun, 5 hari, 32 JP, 4 peserta, 30:15, or the bare numbers")
print("seen:    ", text.getvalue().strip().replace("\n", "\n          "))
assert text.getvalue().splitlines() == [
    'Masa kerja,"0"" ta12un"""',
    'Cuti,"0 ""12ari"""',
    "Pelatihan,32",
    'Kelas,"0 ""peserta"""',
    "Lama,1.260417",
], "The behaviour has changed."
PY
echo "xlsx2csv 0.8.6: numbers with words in their formats"
venv/bin/python run.py
