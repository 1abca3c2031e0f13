#!/usr/bin/env bash
# Package   PySastrawi 1.2.1 (PyPI), the stemmer for Indonesian
# Input     Ten nouns of today's offices, each plain and with the suffix -nya ("its"); and "pemangku", who holds an office.
# Expected  Both forms have one stem, as "ujian" and "ujiannya" have; "pemangku" has the root of "memangku".
# Seen      Six of the ten fall apart (asesmen, luring, daring, surel, mitigasi, litigasi): a suffix is taken off only where
#           the list of roots knows the rest. "pemangku" becomes "mang", a form of address for men, and "memangku" becomes
#           "memang", which means "indeed".
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet PySastrawi==1.2.1

cat > run.py <<'PY'
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

stem = StemmerFactory().create_stemmer().stem
WORDS = "ujian gawai beranda akuntabilitas asesmen luring daring surel mitigasi litigasi".split()
pairs = {word: (stem(word), stem(f"{word}nya")) for word in WORDS}
apart = {word: both for word, both in pairs.items() if len(set(both)) == 2}
print("expected: no pair apart; pemangku and memangku with one root")
for word, both in pairs.items():
    print(f"seen:     {word:14} {both[0]:14} {word}nya -> {both[1]}{'   apart' if word in apart else ''}")
holder = {word: stem(word) for word in ("pemangku", "memangku")}
print("seen:    ", holder)
assert sorted(apart) == sorted("asesmen luring daring surel mitigasi litigasi".split()), "The behaviour has changed."
assert holder == {"pemangku": "mang", "memangku": "memang"}, "The behaviour has changed."
PY
echo "PySastrawi 1.2.1: words that its list of roots does not know"
venv/bin/python run.py
