#!/usr/bin/env bash
# Package   openbadges-bakery 2.0.0 (PyPI)
# Input     A badge baked for one person and baked again for another, as a program does that makes each badge out of the
#           one before, or replaces a badge by a corrected one; once as PNG, once as SVG.
# Expected  Baking again replaces what was baked: one assertion, the second. The PNG does so.
# Seen      The SVG carries both: the second, and behind it the first with its name. unbake returns the second.
# Matters   A badge handed to one person takes along the data of everybody before; a reader that takes the last finds
#           another person's. A corrected badge still holds the mistake.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet openbadges-bakery==2.0.0 pillow==13.0.0

cat > run.py <<'PY'
import json
from pathlib import Path

from openbadges_bakery import bake, unbake
from PIL import Image

Image.new("RGB", (32, 32), "navy").save("kosong.png")
Path("kosong.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 1h7v7z"/></svg>')
FIRST, SECOND = (json.dumps({"recipient": {"name": name}}) for name in ("Orang Pertama", "Orang Kedua"))


def baked(source, words):
    made = Path(source).with_stem(f"{Path(source).stem}-lagi")
    with open(source, "rb") as read, made.open("w+b") as written:
        bake(read, words, written)
    return made


def twice(source):
    made = baked(baked(source, FIRST), SECOND)
    with made.open("rb") as file:
        found = json.loads(unbake(file))["recipient"]["name"]
    return found, [name for name in ("Orang Pertama", "Orang Kedua") if name.encode() in made.read_bytes()]


png, svg = twice("kosong.png"), twice("kosong.svg")
print("expected: ('Orang Kedua', ['Orang Kedua']) both times (what unbake finds, what the file holds)")
print("seen:     PNG:", png)
print("seen:     SVG:", svg)
assert png == ("Orang Kedua", ["Orang Kedua"]), "The behaviour has changed."
assert svg == ("Orang Kedua", ["Orang Pertama", "Orang Kedua"]), "The behaviour has changed."
PY
echo "openbadges-bakery 2.0.0: a badge that is baked twice"
venv/bin/python run.py
