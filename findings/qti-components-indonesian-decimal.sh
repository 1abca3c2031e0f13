#!/usr/bin/env bash
# Package   @citolab/qti-components 7.27.4 (npm), in Debian's Chromium, driven by playwright 1.65.2 (PyPI)
# Input     A QTI 3.0 item whose SCORE (float) is computed: qti-divide of 3 and 5.
# Expected  SCORE 0.6 in every browser: a QTI number is written with a point, whatever the reader's language.
# Seen      English browser "0.6"; Indonesian browser "06", which is 6. Likewise 1 of 5: "0.2" and "02".
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --silent --no-fund --no-audit --ignore-scripts @citolab/qti-components@7.27.4
python3 -m venv venv
venv/bin/pip install --quiet playwright==1.65.2

cat > item.xml <<'XML'
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
    identifier="bagian" title="Bagian" adaptive="false" time-dependent="false">
  <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
  <qti-item-body><p>Tiga dari lima.</p></qti-item-body>
  <qti-response-processing>
    <qti-set-outcome-value identifier="SCORE">
      <qti-divide>
        <qti-base-value base-type="float">PART</qti-base-value>
        <qti-base-value base-type="float">5</qti-base-value>
      </qti-divide>
    </qti-set-outcome-value>
  </qti-response-processing>
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
xml = open("item.xml").read()
seen = {}
with sync_playwright() as p:
    browser = p.chromium.launch(
        executable_path=shutil.which("chromium"),
        chromium_sandbox=os.getuid() != 0,
        args=["--host-resolver-rules=MAP * ~NOTFOUND"],
    )
    for locale in ("en-US", "id-ID"):
        page = browser.new_context(locale=locale, offline=True).new_page()
        page.set_content("<!doctype html><title>-</title><body></body>")
        page.add_script_tag(path="node_modules/@citolab/qti-components/cdn/index.global.js")
        for part in "31":
            seen[locale, part] = page.evaluate(SCORE, xml.replace("PART", part))
    browser.close()
print("expected: 0.6 for 3 of 5 and 0.2 for 1 of 5, in both languages")
for (locale, part), score in seen.items():
    print(f"seen:     {locale}, {part} of 5: {score!r}, as a number {float(score)}")
assert list(seen.values()) == ["0.6", "0.2", "06", "02"], "The behaviour has changed."
PY
echo "@citolab/qti-components 7.27.4: a computed score in an English and an Indonesian browser"
timeout 120 venv/bin/python run.py
