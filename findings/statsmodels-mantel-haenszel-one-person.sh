#!/usr/bin/env bash
# Package   statsmodels 0.15.0 (PyPI) with numpy 2.4.6, scipy 1.17.1 and pandas 2.3.3
# Input     A question looked at for bias between two groups of the same ability: one table (group × right or wrong) for
#           each total score. Two scores are held by 27 and 41 people; then a third score that one person holds alone.
# Expected  One person says nothing about two groups: the Mantel-Haenszel test is the same with that table, or it is
#           refused. A table whose second group is empty is left out in this way.
# Seen      5.209 (p 0.022) without it and nan (p nan) with it, without an error: its variance is 0 / 0. The pooled odds
#           ratio of the same object stays 3.638, and the summary prints "nan" for the test.
# Matters   Nearly every class has a total score that one person holds alone. nan > 3.84 is False: no question is ever
#           found to be biased.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==2.3.3

cat > run.py <<'PY'
import math

import numpy as np
from statsmodels.stats.contingency_tables import StratifiedTable

# By total score: right and wrong of the first group, right and wrong of the second.
SCORES = [np.array([[10, 5], [4, 8]]), np.array([[20, 3], [12, 6]])]
ONE_GROUP = np.array([[3, 2], [0, 0]])
ALONE = np.array([[1, 0], [0, 0]])


def tested(tables):
    table = StratifiedTable(tables)
    test = table.test_null_odds()
    return tuple(round(float(x), 3) for x in (test.statistic, test.pvalue, table.oddsratio_pooled))


plain, one_group, alone = tested(SCORES), tested([*SCORES, ONE_GROUP]), tested([*SCORES, ALONE])
print("expected: the same three figures each time (statistic, p, pooled odds ratio)")
print("seen:    ", plain, "with two scores")
print("seen:    ", one_group, "with a score that only one group holds")
print("seen:    ", alone, "with a score that one person holds alone")
assert plain == one_group == (5.209, 0.022, 3.638), "The behaviour has changed."
assert math.isnan(alone[0]) and math.isnan(alone[1]), "The behaviour has changed."
assert alone[2] == 3.638, "The behaviour has changed."
PY
echo "statsmodels 0.15.0: Mantel-Haenszel where one person holds a score alone"
venv/bin/python -W ignore run.py
