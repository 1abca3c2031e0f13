#!/usr/bin/env bash
# Package   pyexcel-ods3 0.6.1 and pyexcel-ods 0.6.0 (PyPI); the sheet is written by odfpy 1.4.1
# Input     A row of a valid .ods: an honorarium of Rp1.500.000 (currency, IDR), 96 % (percentage, 0.955), 32 (float),
#           and a NIP that somebody typed as a number.
# Expected  The stored values: numbers for all of them, as python-calamine 0.9.1 gives.
# Seen      The amount is the text '1500000 IDR'; 0.955 and 32 are numbers. The NIP, of which a number keeps sixteen
#           digits, comes as the int 199001012015031904: it looks whole, and its last digit is made up (1 was typed).
# Matters   The sum of a column of amounts fails or joins words, and a NIP that belongs to nobody or to somebody else
#           passes every check of its length; a float (1.99e+17) would have been noticed.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet pyexcel-ods3==0.6.1 pyexcel-ods==0.6.0 odfpy==1.4.1 python-calamine==0.9.1

cat > run.py <<'PY'
import pyexcel_ods
import pyexcel_ods3
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

CELLS = (
    ("Rp1.500.000", {"valuetype": "currency", "currency": "IDR", "value": "1500000"}),
    ("96%", {"valuetype": "percentage", "value": "0.955"}),
    ("32", {"valuetype": "float", "value": "32"}),
    ("199001012015031901", {"valuetype": "float", "value": "199001012015031901"}),
)
document, table, row = OpenDocumentSpreadsheet(), Table(name="Honor"), TableRow()
for shown, stored in CELLS:
    cell = TableCell(**stored)
    cell.addElement(P(text=shown))
    row.addElement(cell)
table.addElement(row)
document.spreadsheet.addElement(table)
document.save("honor.ods")

(expected,) = CalamineWorkbook.from_path("honor.ods").get_sheet_by_name("Honor").to_python()
seen = [library.get_data("honor.ods")["Honor"] for library in (pyexcel_ods3, pyexcel_ods)]
print("expected:", expected)
for name, rows in zip(("pyexcel-ods3", "pyexcel-ods"), seen, strict=True):
    print(f"seen:     {name}: {rows[0]}")
assert expected == [1500000.0, 0.955, 32.0, 1.990010120150319e17], "The behaviour has changed."
assert seen == [[["1500000 IDR", 0.955, 32, 199001012015031904]]] * 2, "The behaviour has changed."
PY
echo "pyexcel-ods3 0.6.1, pyexcel-ods 0.6.0: amounts and a NIP in an .ods"
venv/bin/python run.py
