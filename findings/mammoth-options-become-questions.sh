#!/usr/bin/env bash
# Package   mammoth 1.13.0 (PyPI); the document is built with python-docx 1.2.0
# Input     Two questions numbered "1." and "2." and two options under each, "a)" and "b)". As in many a Word document,
#           options and questions are lists of their own (w:num), each at its level 0; the options start again at "a)".
# Expected  Three lists or more: where another list begins, the HTML begins another one.
# Seen      One <ol> of six items without a message: the options are the questions 2, 3, 5 and 6. Only if the options
#           are level 1 of the same list do they get a list of their own.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet mammoth==1.13.0 python-docx==1.2.0

cat > run.py <<'PY'
import docx
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LEVEL = (
    '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/>'
    '<w:lvlText w:val="{}"/><w:lvlJc w:val="left"/></w:lvl>'
)
LIST = '<w:abstractNum {} w:abstractNumId="{}">{}</w:abstractNum>'
USE = '<w:num {} w:numId="{}"><w:abstractNumId w:val="{}"/>{}</w:num>'
QUESTIONS = LEVEL.format(0, "decimal", "%1.") + LEVEL.format(1, "lowerLetter", "%2)")
OPTIONS = LEVEL.format(0, "lowerLetter", "%1)")
AGAIN = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def document(places):
    """Build the six paragraphs, each at its place: the number of its list and its level there."""
    made = docx.Document()
    numbering = made.part.numbering_part.element
    for key, levels in ((91, QUESTIONS), (92, OPTIONS)):
        numbering.insert(0, parse_xml(LIST.format(nsdecls("w"), key, levels)))
    for key, of, more in ((91, 91, ""), (92, 92, AGAIN), (93, 92, AGAIN)):
        numbering.append(parse_xml(USE.format(nsdecls("w"), key, of, more)))
    words = ("Ibu kota Jawa Barat?", "Bandung", "Bogor", "Ibu kota Jawa Timur?", "Malang", "Surabaya")
    for text, (number, level) in zip(words, places, strict=True):
        properties = made.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number
    made.save("soal.docx")
    with open("soal.docx", "rb") as file:
        return mammoth.convert_to_html(file)


question, first, second, nested = (91, 0), (92, 0), (93, 0), (91, 1)
apart = document([question, first, first, question, second, second])
levels = document([question, nested, nested, question, nested, nested])
print("expected: the options in lists of their own, in both documents")
print("seen:     lists of their own in Word:", apart.value, apart.messages)
print("seen:     level 1 of the same list:  ", levels.value, levels.messages)
one_list = (
    "<ol><li>Ibu kota Jawa Barat?</li><li>Bandung</li><li>Bogor</li>"
    "<li>Ibu kota Jawa Timur?</li><li>Malang</li><li>Surabaya</li></ol>"
)
assert (apart.value, apart.messages) == (one_list, []), "The behaviour has changed."
assert levels.value.count("<ol>") == 3, "The behaviour has changed."
PY
echo "mammoth 1.13.0: numbered questions with lettered options"
venv/bin/python run.py
