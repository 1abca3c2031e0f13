#!/usr/bin/env bash
# Package   @citolab/qti-components 7.27.4 (npm), in Debian's Chromium, driven by playwright 1.65.2 (PyPI)
# Input     QTI 3.0 items whose SCORE (float) is computed, in an English browser.
# Expected  1/3 + 1/3 + 1/3 is 1 within the precision of a float; 1000 + 234 is 1234.
# Seen      0.999 and "1,234": an outcome is stored as it would be shown to an English reader, with three decimals and
#           a comma for thousands, and is read again in that form.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --silent --no-fund --no-audit --ignore-scripts @citolab/qti-components@7.27.4
python3 -m venv venv
venv/bin/pip install --quiet playwright==1.65.2

cat > item.xml <<'XML'
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
    identifier="jumlah" title="Jumlah" adaptive="false" time-dependent="false">
  <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float">
    <qti-default-value><qti-value>START</qti-value></qti-default-value>
  </qti-outcome-declaration>
  <qti-item-body><p>Jumlah.</p></qti-item-body>
  <qti-response-processing>STEPS</qti-response-processing>
</qti-assessment-item>
XML

cat > run.py <<'PY'
import os
import shutil

from playwright.sync_api import sync_playwright

SCORE = """async (xml) => {
  const host = document.createElement('qti-item');
  const box = host.appendChild(document.createElement('item-container'));
  const ready = new Promise((done) =>
    host.addEventListener('qti-assessment-item-connected', (e) => done(e.detail), { once: true }));
  box.itemXML = xml;
  document.body.append(host);
  const item = await ready;
  item.processResponse(true, false);
  const { value } = item.variables.find((one) => one.identifier === 'SCORE');
  host.remove();
  return value;
}"""
FLOAT = '<qti-base-value base-type="float">{}</qti-base-value>'
THIRD = f"<qti-divide>{FLOAT.format(1)}{FLOAT.format(3)}</qti-divide>"
STEP = (
    '<qti-set-outcome-value identifier="SCORE"><qti-sum><qti-variable identifier="SCORE"/>'
    "{}</qti-sum></qti-set-outcome-value>"
)
xml = open("item.xml").read()
sums = {
    "0 + 1/3 + 1/3 + 1/3": xml.replace("START", "0").replace("STEPS", STEP.format(THIRD) * 3),
    "1000 + 234": xml.replace("START", "1000").replace("STEPS", STEP.format(FLOAT.format(234))),
}
with sync_playwright() as p:
    browser = p.chromium.launch(
        executable_path=shutil.which("chromium"),
        chromium_sandbox=os.getuid() != 0,
        args=["--host-resolver-rules=MAP * ~NOTFOUND"],
    )
    page = browser.new_context(locale="en-US", offline=True).new_page()
    page.set_content("<!doctype html><title>-</title><body></body>")
    page.add_script_tag(path="node_modules/@citolab/qti-components/cdn/index.global.js")
    seen = {name: page.evaluate(SCORE, item) for name, item in sums.items()}
    browser.close()
print("expected: 0 + 1/3 + 1/3 + 1/3 is 1 (to many places), 1000 + 234 is 1234")
for name, score in seen.items():
    print(f"seen:     {name}: {score!r}")
assert list(seen.values()) == ["0.999", "1,234"], "The behaviour has changed."
PY
echo "@citolab/qti-components 7.27.4: computed scores, step by step"
timeout 120 venv/bin/python run.py
