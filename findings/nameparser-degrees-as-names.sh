#!/usr/bin/env bash
# Package   nameparser 2.6.0 (PyPI)
# Input     Six names of personnel lists, written alike: the name, a comma, one or two Indonesian degrees.
# Expected  One form, one reading: whatever happens to the degree of an economist (S.E.) happens to that of a lawyer.
# Seen      S.E., S.Kom. and M.Si. are suffixes behind "Sari" "Contoh". With S.H. or S.T. the degree is the first name
#           and "Sari Contoh" the last; S.Pd. is a title in front. Of "Ani, S.H." the first name is "S.H.".
# Matters   People with one degree are greeted by it ("Selamat pagi, S.H."), and the same person is two in a comparison
#           by first and last name as soon as one list leaves the degree out.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet nameparser==2.6.0

cat > run.py <<'PY'
from nameparser import HumanName

LINES = (
    "Sari Contoh, S.E., M.M.",
    "Sari Contoh, S.Kom., M.Si.",
    "Sari Contoh, S.H., M.H.",
    "Sari Contoh, S.T., M.T.",
    "Sari Contoh, S.Pd.",
    "Ani, S.H.",
)


def parts(line):
    name = HumanName(line)
    return name.title, name.first, name.last, name.suffix


seen = {line: parts(line) for line in LINES}
print("expected: ('', 'Sari', 'Contoh', degrees) for the first five (title, first, last, suffix)")
for line, found in seen.items():
    print(f"seen:     {line}: {found}")
assert list(seen.values()) == [
    ("", "Sari", "Contoh", "S.E., M.M."),
    ("", "Sari", "Contoh", "S.Kom., M.Si."),
    ("", "S.H.", "Sari Contoh", "M.H."),
    ("", "S.T.", "Sari Contoh", "M.T."),
    ("S.Pd.", "Sari", "Contoh", ""),
    ("", "S.H.", "Ani", ""),
], "The behaviour has changed."
PY
echo "nameparser 2.6.0: names with Indonesian degrees"
venv/bin/python run.py
