#!/usr/bin/env bash
# Package   text2qti 0.8.0 (PyPI)
# Input     Two numerical questions: 2.71828 with a tolerance of 0.00001, and 0.00125 with 0.00001.
# Expected  A QTI key from 2.71827 to 2.71829, and one from 0.00124 to 0.00126; or a refusal, as of 0.00001.
# Seen      Every number of the key is rounded to four decimals after the tolerance was applied: 2.7183 to 2.7183, which
#           the right answer 2.71828 does not meet, and 0.0012 to 0.0013, which 0.0012 and 0.0013 do. No warning.
# Matters   Who computes exactly is wrong, and who is off by five times the tolerance is right.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet text2qti==0.8.0

cat > soal.txt <<'TXT'
Quiz title: Ketelitian

1. Berapa bilangan Euler dengan lima angka di belakang titik?
= 2.71828 +- 0.00001

2. Berapa 1/800?
= 0.00125 +- 0.00001
TXT
cat > run.py <<'PY'
import re
import zipfile

with zipfile.ZipFile("soal.zip") as package:
    (name,) = (one for one in package.namelist() if b"<item " in package.read(one))
    xml = package.read(name).decode()
keys = [
    tuple(re.search(rf"<{tag} respident=\"response1\">([^<]+)</{tag}>", item)[1] for tag in ("vargte", "varlte"))
    for item in xml.split("<item ")[1:]
]
print("expected: ('2.71827', '2.71829') and ('0.00124', '0.00126')")
print("seen:    ", *keys)
assert keys == [("2.7183", "2.7183"), ("0.0012", "0.0013")], "The behaviour has changed."
PY
echo "text2qti 0.8.0: numerical keys with more than four decimals"
venv/bin/text2qti soal.txt
venv/bin/python run.py
