#!/usr/bin/env bash
# Package   python-calamine 0.9.1 (PyPI); the workbook is written by xlsxwriter 3.3.1
# Input     A row of four cells: the error #N/A, a formula without a stored value, a cell left empty, the text "#N/A".
# Expected  An error and a formula nobody has calculated can be told from an empty cell.
# Seen      "", "", "", "#N/A": the first three look the same, and only the typed text is left.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet python-calamine==0.9.1 xlsxwriter==3.3.1

cat > run.py <<'PY'
import zipfile

import xlsxwriter
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("cells.xlsx") as book:
    sheet = book.add_worksheet("Nilai")
    sheet.write_formula("A1", "=NA()", value="#N/A")
    sheet.write_formula("B1", "=6*7", value="")
    sheet.write_string("D1", "#N/A")
xml = zipfile.ZipFile("cells.xlsx").read("xl/worksheets/sheet1.xml").decode()
assert '<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>' in xml
assert '<c r="B1"' in xml and '<c r="C1"' not in xml

row = CalamineWorkbook.from_path("cells.xlsx").get_sheet_by_name("Nilai").to_python()[0]
print("expected: the error #N/A, a formula without a result, an empty cell, the text #N/A: four different cells")
print("seen:    ", row)
assert row == ["", "", "", "#N/A"], "The behaviour has changed."
PY
echo "python-calamine 0.9.1: cells that hold no value"
venv/bin/python run.py
