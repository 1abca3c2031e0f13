#!/usr/bin/env bash
# Package   gift-pegjs 1.0.2 (npm) in Node
# Input     A multiple choice question in GIFT; an author has taken one answer out by making its line a comment. In GIFT
#           a line that begins with // is a comment, inside a question too: Moodle drops it before it looks for braces.
# Expected  Two answers, "Bandung" right and "Bogor" wrong; the same as in the file without the line.
# Seen      Three: the answer that was taken out is back, here as a second right one, and the two slashes stand behind
#           the answer before it: "Bogor //".
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --silent --no-fund --no-audit --ignore-scripts gift-pegjs@1.0.2

cat > run.js <<'JS'
const assert = require('node:assert');
const { parse } = require('gift-pegjs');

const answers = (lines) => {
  const [question, ...more] = parse(`Ibu kota Jawa Barat? {\n${lines.join('\n')}\n}\n`);
  assert.deepStrictEqual([question.type, more.length], ['MC', 0]);
  return question.choices.map((one) => `${one.isCorrect ? '=' : '~'}${one.text.text}`);
};

const without = answers(['~Bogor', '=Bandung']);
const withComment = answers(['~Bogor', '// =Cirebon', '=Bandung']);
console.log('expected:', ['~Bogor', '=Bandung'], 'in both');
console.log('seen:     without the line:', without);
console.log('seen:     with the line as a comment:', withComment);
assert.deepStrictEqual(without, ['~Bogor', '=Bandung'], 'The behaviour has changed.');
assert.deepStrictEqual(withComment, ['~Bogor //', '=Cirebon', '=Bandung'], 'The behaviour has changed.');
JS
echo "gift-pegjs 1.0.2: an answer that was made a comment"
node run.js
