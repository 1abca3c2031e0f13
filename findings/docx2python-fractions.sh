#!/usr/bin/env bash
# Package   docx2python 3.7.1 (PyPI); the document is built with python-docx 1.2.0
# Input     A question with two equations as Word stores them (m:oMath): the fraction 1/2 (m:f), and 2 with the exponent
#           10 (m:sSup).
# Expected  The two parts stay two, in whatever form: 1/2, \frac{1}{2}; 2^10.
# Seen      "<latex>12</latex>" and "<latex>210</latex>": the half is twelve, and 1024 is two hundred and ten.
# Matters   A question or an option that reads well says another number; no message tells which.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet docx2python==3.7.1 python-docx==1.2.0

cat > run.py <<'PY'
import warnings

import docx
from docx2python import docx2python
from docx.oxml import parse_xml

warnings.simplefilter("error")
MATH = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{}</m:oMath>'
RUN = "<m:r><m:t>{}</m:t></m:r>"
HALF = f"<m:f><m:num>{RUN.format(1)}</m:num><m:den>{RUN.format(2)}</m:den></m:f>"
POWER = f"<m:sSup><m:e>{RUN.format(2)}</m:e><m:sup>{RUN.format(10)}</m:sup></m:sSup>"

document = docx.Document()
for words, equation in (("Setengah adalah ", HALF), ("Satu kibi adalah ", POWER)):
    document.add_paragraph(words)._p.append(parse_xml(MATH.format(equation)))
document.save("soal.docx")
with docx2python("soal.docx") as read:
    seen = read.text.split("\n\n")
print("expected: 1/2 and 2^10 in some form")
print("seen:    ", seen)
assert seen == [
    "Setengah adalah <latex>12</latex>",
    "Satu kibi adalah <latex>210</latex>",
], "The behaviour has changed."
PY
echo "docx2python 3.7.1: a fraction and a power"
venv/bin/python run.py
