// MLflow's own verdicts, recorded: the ones kept here, and all of them where MLCTL_CASES names their folder.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { casesFolder, FIXTURES } from '../../support/paths.js';
import { compareLayer, LAYER_NAMES } from './compare-cases.js';

function everyCaseAgrees(folder: string, layer: string, atLeast: number): void {
  const tally = compareLayer(join(folder, `${layer}.jsonl`), layer);
  assert.deepEqual(tally.disagreements, []);
  assert.equal(tally.agree, tally.total);
  assert.ok(tally.total >= atLeast, `only ${tally.total} cases`);
}

const KEPT: Readonly<Record<string, number>> = { sigs: 79, frame: 166, wire: 331, directed: 125 };

for (const layer of LAYER_NAMES) {
  test(`agrees with MLflow on the kept ${layer} cases`, () => {
    everyCaseAgrees(join(FIXTURES, 'schema-cases'), layer, KEPT[layer]!);
  });

  test(`agrees with MLflow on all ${layer} cases`, (t) => {
    const cases = casesFolder();
    if ('skip' in cases) return t.skip(cases.skip);
    everyCaseAgrees(join(cases.folder, 'schema'), layer, 100);
  });
}
