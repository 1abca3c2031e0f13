#!/usr/bin/env bash
# Package   segno 1.6.6 (PyPI), read by jsqr 1.4.0 and @undecaf/zbar-wasm 0.11.0 (npm) in Node
# Input     QR codes of four texts with the defaults: a name with typographic apostrophes (Nur’aini), a title in such
#           quotation marks, "Sari" with an en dash, and a plain one; then the first with encoding="utf-8".
# Expected  Text outside of Latin-1 is written in UTF-8, which readers on phones take for granted.
# Seen      Only the en dash is. Shift JIS, a Japanese code, has ’ “ ”, so these are written in it, without a mark that
#           says so: jsQR finds the code and returns the empty text, zbar "Nur", a broken sign and "faini". With
#           encoding="utf-8" both read every text; with eci=True jsQR still returns the empty text.
# Matters   Whether the QR of a card or certificate is read depends on the apostrophe of the name. A test with plain
#           names, or with a dash, passes.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet segno==1.6.6
npm install --silent --no-fund --no-audit --ignore-scripts jsqr@1.4.0 @undecaf/zbar-wasm@0.11.0 pngjs@7.0.0

cat > run.py <<'PY'
import segno

CODES = (
    ("Nur’aini", {}),
    ("“Melek ASN”", {}),
    ("Sari – Contoh", {}),
    ("Nur'aini", {}),
    ("Nur’aini", {"eci": True}),
    ("Nur’aini", {"encoding": "utf-8"}),
)
for number, (text, options) in enumerate(CODES):
    segno.make_qr(text, **options).save(f"{number}.png", scale=6, border=4)
PY
cat > run.mjs <<'JS'
import assert from 'node:assert';
import fs from 'node:fs';
import { scanRGBABuffer } from '@undecaf/zbar-wasm';
import jsQR from 'jsqr';
import pngjs from 'pngjs';

const seen = [];
for (let number = 0; number < 6; number += 1) {
  const { data, width, height } = pngjs.PNG.sync.read(fs.readFileSync(`${number}.png`));
  const pixels = new Uint8ClampedArray(data);
  const [zbar] = await scanRGBABuffer(pixels.buffer, width, height);
  seen.push([jsQR(pixels, width, height).data, zbar.decode()]);
}
const names = ['Nur’aini', '“Melek ASN”', 'Sari – Contoh', "Nur'aini", 'Nur’aini (eci)', 'Nur’aini (utf-8)'];
for (const [number, name] of names.entries())
  console.log(`seen:     ${name}: jsQR ${JSON.stringify(seen[number][0])}, zbar ${JSON.stringify(seen[number][1])}`);
assert.deepStrictEqual(seen, [
  ['', 'Nur\ufffdfaini'],
  ['', '\ufffdgMelek ASN\ufffdh'],
  ['Sari – Contoh', 'Sari – Contoh'],
  ["Nur'aini", "Nur'aini"],
  ['', 'Nur’aini'],
  ['Nur’aini', 'Nur’aini'],
], 'The behaviour has changed.');
JS
echo "segno 1.6.6: QR codes of names with a typographic apostrophe"
echo "expected: the text itself, from both readers"
venv/bin/python run.py
node run.mjs
