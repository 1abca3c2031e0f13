#!/usr/bin/env bash
# Package   @oat-sa/tao-item-runner-qti 2.11.0 (npm) in Node, with requirejs 2.3.7 and lodash 4.17.21
# Input     An item with SCORE (float) and an outcome FEEDBACK of the kind identifier, single, without a default value.
# Expected  QTI 2.1 makes the default value optional: FEEDBACK starts as NULL, SCORE becomes 1.
# Seen      Marking ends in a TypeError for every response, and there is no SCORE. With a default value, or with
#           an outcome that is a number, SCORE is 1.
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

function score(baseType, defaultValue) {
  const outcome = (identifier, type, value) =>
    ({ attributes: { identifier, cardinality: 'single', baseType: type }, defaultValue: value });
  const item = {
    identifier: 'soal',
    responses: {},
    outcomes: { a: outcome('SCORE', 'float', '0'), b: outcome('FEEDBACK', baseType, defaultValue) },
    responseProcessing: { responseRules: [{
      qtiClass: 'setOutcomeValue',
      attributes: { identifier: 'SCORE' },
      expression: { qtiClass: 'baseValue', attributes: { baseType: 'float' }, value: '1' },
    }] },
  };
  let result;
  try {
    engine.process.call({ trigger() {} }, {}, item, (outcomes) => { result = outcomes.SCORE.base.float; });
  } catch (error) {
    result = error.name;
  }
  return result;
}

console.log('expected: SCORE is 1 in every case');
const seen = {
  'identifier, no default value': score('identifier', null),
  'string, no default value': score('string', null),
  'identifier, default value "x"': score('identifier', 'x'),
  'float, no default value': score('float', null),
};
for (const [outcome, result] of Object.entries(seen)) console.log(`seen:     ${outcome}: ${result}`);
assert.deepStrictEqual(Object.values(seen), ['TypeError', 'TypeError', 1, 1], 'The behaviour has changed.');
JS
echo "@oat-sa/tao-item-runner-qti 2.11.0: an outcome that is no number and has no default value"
node run.js
