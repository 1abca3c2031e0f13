#!/usr/bin/env bash
# Package   girth 0.8.0 (PyPI) with numpy 2.4.6 and scipy 1.17.1
# Input     300 simulated people and seven items (2PL, discrimination 1.3, difficulties -1.5 to 1.5), and an eighth that
#           everybody answered right. Then the seven alone, the fourth marked with the opposite key.
# Expected  The eighth is the easiest, or it is refused: a row of ones has no estimate. The fourth, which the able get
#           wrong, has a discrimination below 0.
# Seen      rasch_mml says difficulty -6, onepl_mml -6, and twopl_mml +6 with discrimination 0.2: the hardest of all. By
#           that the average person has a chance of 23 % at what everybody can do. Somebody who is wrong once makes it
#           -6 again. The fourth has 0.2 too, while its correlation with the other items is -0.31: 0.2 is the lower
#           bound of the search, and no word is said about it.
# Matters   A wrong key, which item analysis is there to find, passes for a weak item, and the easiest one for the
#           hardest.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet girth==0.8.0 numpy==2.4.6 scipy==1.17.1

cat > run.py <<'PY'
import math
import random
import warnings

import girth
import numpy as np

warnings.simplefilter("error")
chance = random.Random(1)
people = [chance.gauss(0, 1) for _ in range(300)]


def answered(difficulty, able):
    return int(chance.random() < 1 / (1 + math.exp(-1.3 * (able - difficulty))))


items = np.array(
    [[answered(difficulty, able) for able in people] for difficulty in (-1.5, -1, -0.5, 0, 0.5, 1, 1.5)]
)


def last(responses, estimate):
    found = estimate(responses)
    return round(float(found["Difficulty"][-1]), 1)


everybody = np.vstack([items, np.ones(300, int)])
but_one = np.vstack([items, [0] + [1] * 299])
seen = {name: last(everybody, getattr(girth, name)) for name in ("rasch_mml", "onepl_mml", "twopl_mml")}
slope = round(float(girth.twopl_mml(everybody)["Discrimination"][-1]), 2)
average = 1 / (1 + math.exp(slope * seen["twopl_mml"]))
nearly = last(but_one, girth.twopl_mml)
reversed_key = items.copy()
reversed_key[3] = 1 - reversed_key[3]
fourth = round(float(girth.twopl_mml(reversed_key)["Discrimination"][3]), 2)
rest = reversed_key.sum(axis=0) - reversed_key[3]
correlation = round(float(np.corrcoef(reversed_key[3], rest)[0, 1]), 2)
print("expected: difficulty far below 0 from all three; a discrimination below 0 for the opposite key")
print("seen:     difficulty of the item that everybody got right:", seen)
print("seen:     its discrimination in twopl_mml:", slope, f"so the average person is right with {average:.0%}")
print("seen:     difficulty in twopl_mml, where one of 300 is wrong:", nearly)
print("seen:     discrimination with the opposite key:", fourth, "where the correlation with the rest is", correlation)
assert seen == {"rasch_mml": -6.0, "onepl_mml": -6.0, "twopl_mml": 6.0}, "The behaviour has changed."
assert (slope, nearly) == (0.2, -6.0), "The behaviour has changed."
assert (fourth, correlation) == (0.2, -0.31), "The behaviour has changed."
PY
echo "girth 0.8.0: an item that everybody got right, and one with a wrong key"
venv/bin/python run.py
