#!/usr/bin/env bash
# Package   moodle-xml-parser 0.3.1 (PyPI)
# Input     A cloze question of Moodle XML with four gaps in forms that Moodle documents: a wrong choice that costs half
#           (%-50%), a share with decimals (%33.33333%), a gap without a weight, a bracket that is escaped.
# Expected  Shares -50 and 33.33333 and the bare words; weight 1 and the type SHORTANSWER; "pasal 5 {ayat 2}".
# Seen      A share that is no whole number from 0 up is 0 and stays in the words: "%-50%Bogor". The gap without a
#           weight has type UNKNOWN, and its right answer is the wrong one ":SHORTANSWER:=Jakarta". The last gap ends at
#           the escaped bracket: "pasal 5 \{ayat 2\". No message.
# Matters   Learners see the shares in the choices, the right answer counts nothing, and partly right ones count
#           nothing.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet moodle-xml-parser==0.3.1

cat > run.py <<'PY'
from moodle_xml_parser import parser

TEXT = r"""{1:MULTICHOICE:=Bandung~%-50%Bogor} {1:MULTICHOICE:=Semua~%33.33333%Satu dari tiga}
{:SHORTANSWER:=Jakarta} {1:SHORTANSWER:=pasal 5 \{ayat 2\}}"""
XML = f"""<quiz><question type="cloze"><name><text>Isian</text></name>
<questiontext format="html"><text><![CDATA[{TEXT}]]></text></questiontext></question></quiz>"""

(question,) = parser.parse_string(XML)["cloze"]
seen = [(gap.sub_type, [(one.answer, one.score) for one in gap.options]) for gap in question.gaps]
print("expected: ('MULTICHOICE', [('Bandung', 100), ('Bogor', -50)]) and so on")
for gap in seen:
    print("seen:    ", gap)
assert seen == [
    ("MULTICHOICE", [("Bandung", 100), ("%-50%Bogor", 0)]),
    ("MULTICHOICE", [("Semua", 100), ("%33.33333%Satu dari tiga", 0)]),
    ("UNKNOWN", [(":SHORTANSWER:=Jakarta", 0)]),
    ("SHORTANSWER", [("pasal 5 \\{ayat 2\\", 100)]),
], "The behaviour has changed."
PY
echo "moodle-xml-parser 0.3.1: gaps with shares, without a weight, with escaped brackets"
venv/bin/python run.py
