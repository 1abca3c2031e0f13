#!/usr/bin/env bash
# Package   python-docx 1.2.0 (PyPI)
# Input     One paragraph as Word stores it: "bukan" is an insertion under review (w:ins), the name of the act stands in
#           an inline content control (w:sdt), the number of the article is a simple field (w:fldSimple).
# Expected  Paragraph.text is what Word shows: Yang bukan kewajiban menurut UU 20/2023 pasal 24 adalah
# Seen      "Yang kewajiban menurut pasal  adalah": all three are left out without a warning, from the runs too, so the
#           question asks for the opposite. Words in a hyperlink, which also wraps its runs, are read.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet python-docx==1.2.0

cat > run.py <<'PY'
import warnings

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

warnings.simplefilter("error")
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
INSERTION = '<w:ins {ns} w:id="1" w:author="Penelaah" w:date="2026-01-05T08:00:00Z">{run}</w:ins>'
CONTROL = "<w:sdt {ns}><w:sdtContent>{run}</w:sdtContent></w:sdt>"
FIELD = '<w:fldSimple {ns} w:instr=" REF pasal ">{run}</w:fldSimple>'
LINK = '<w:hyperlink {ns} w:anchor="pasal">{run}</w:hyperlink>'
PLAIN = None


def read(*parts):
    document = docx.Document()
    paragraph = document.add_paragraph()
    for words, wrapper in parts:
        if wrapper is PLAIN:
            paragraph.add_run(words)
        else:
            paragraph._p.append(parse_xml(wrapper.format(ns=nsdecls("w"), run=RUN.format(words))))
    document.save("soal.docx")
    stored = docx.Document("soal.docx").paragraphs[0]
    shown = "".join(one.text for one in stored._p.iter("{*}t"))
    assert shown == "".join(words for words, _ in parts)
    return shown, stored.text, "".join(run.text for run in stored.runs)


shown, text, runs = read(
    ("Yang ", PLAIN),
    ("bukan ", INSERTION),
    ("kewajiban menurut ", PLAIN),
    ("UU 20/2023 ", CONTROL),
    ("pasal ", PLAIN),
    ("24", FIELD),
    (" adalah", PLAIN),
)
_, linked, _ = read(("Lihat ", PLAIN), ("pasal 24", LINK))
print("expected:", repr(shown))
print("seen:    ", repr(text))
print("seen:    ", repr(runs), "(its runs)")
print("seen:    ", repr(linked), "(the number in a hyperlink)")
assert text == runs == "Yang kewajiban menurut pasal  adalah", "The behaviour has changed."
assert linked == "Lihat pasal 24", "The behaviour has changed."
PY
echo "python-docx 1.2.0: the text of a paragraph with an insertion, a content control and a field"
venv/bin/python run.py
