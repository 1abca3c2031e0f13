#!/usr/bin/env bash
# Package   @oat-sa/tao-item-runner-qti 2.11.0 (npm) in Node, with requirejs 2.3.7 and lodash 4.17.21
# Input     patternMatch of the answer "x^2" with the pattern x\^2; QTI patterns are those of XML Schema, where \^ is
#           one of the escapes and means the character.
# Expected  It matches, as x[\^]2 and x.2 do.
# Seen      It does not match: the sign is escaped a second time, so that a backslash and the start of the text are
#           looked for. Left without its escape, x^2 matches.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --silent --no-fund --no-audit --ignore-scripts \
  @oat-sa/tao-item-runner-qti@2.11.0 requirejs@2.3.7 lodash@4.17.21

cat > run.js <<'JS'
const assert = require('node:assert');
const requirejs = require('requirejs');
const modules = __dirname + '/node_modules/';
requirejs.config({
  paths: { taoQtiItem: modules + '@oat-sa/tao-item-runner-qti/dist', lodash: modules + 'lodash/lodash' },
});
const engine = requirejs('taoQtiItem/scoring/provider/qti');

function matches(pattern, answer) {
  const item = {
    identifier: 'soal',
    responses: { r: {
      attributes: { identifier: 'RESPONSE', cardinality: 'single', baseType: 'string' },
      correctResponses: [], mapping: {}, areaMapping: {}, mappingAttributes: { defaultValue: 0 },
    } },
    outcomes: { o: {
      attributes: { identifier: 'RIGHT', cardinality: 'single', baseType: 'boolean' }, defaultValue: 'false',
    } },
    responseProcessing: { responseRules: [{
      qtiClass: 'setOutcomeValue',
      attributes: { identifier: 'RIGHT' },
      expression: {
        qtiClass: 'patternMatch',
        attributes: { pattern },
        expressions: [{ qtiClass: 'variable', attributes: { identifier: 'RESPONSE' } }],
      },
    }] },
  };
  let result;
  engine.process.call({ trigger() {} }, { RESPONSE: { base: { string: answer } } }, item,
    (outcomes) => { result = outcomes.RIGHT.base.boolean; });
  return result;
}

console.log('expected: every pattern matches x^2');
const seen = [String.raw`x\^2`, String.raw`x[\^]2`, 'x.2', 'x^2'].map((one) => [one, matches(one, 'x^2')]);
for (const [pattern, matched] of seen) console.log(`seen:     ${pattern} ${matched ? 'matches' : 'does not match'}`);
assert.deepStrictEqual(seen.map(([, matched]) => matched), [false, true, true, true], 'The behaviour has changed.');
JS
echo "@oat-sa/tao-item-runner-qti 2.11.0: a pattern with an escaped caret"
node run.js
