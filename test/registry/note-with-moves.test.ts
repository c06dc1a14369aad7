// The note of a version tells people who made it and who moved it, and a note that a person wrote or changed stays as it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteOf } from '../../src/lineage/note-of.js';
import { promoteModel } from '../../src/operations/promote.js';
import { registerModel } from '../../src/operations/register.js';
import { trainModel } from '../../src/operations/train.js';
import { lazyStores } from '../../src/session/stores.js';
import { unsealNote } from '../../src/text/sealed-note.js';
import { NOTE_TAG } from '../../src/tracking/note-tag.js';
import { lineageLike } from '../support/plans.js';
import { testWorld } from '../support/worlds.js';

test('a note names maker, run, data, metrics and moves, and survives only as mlctl wrote it', async () => {
  const world = testWorld();
  const done = await trainModel(world, { register: true });
  const stores = lazyStores(world, {});
  const registry = await stores.registry();
  const note = async () => (await registry.getModelVersion('iris_clf', 1))!.tags.get(NOTE_TAG)!;
  const first = unsealNote(await note())!;
  assert.match(first, /^Trained by `ada` on 2026-11-23 12:00 UTC with mlctl/);
  assert.ok(first.includes(done.run_id!));
  assert.match(first, /\n- data: `iris`, 150 rows\n/);
  assert.match(first, /\n- metrics: `val_acc` 0\.966667, /);
  const run = (await (await stores.tracking()).getRun(done.run_id!))!;
  assert.match(unsealNote(run.tags.get(NOTE_TAG)!)!, /^Trained by `ada`/);
  const promote = (alias: string, message?: string) =>
    promoteModel(world, { name: 'iris_clf', version: 1, alias, smoke: false, ...(message ? { message } : {}) });
  await promote('champion', 'better `than` <b>before</b>');
  const moved = unsealNote(await note())!;
  assert.ok(moved.startsWith(first));
  assert.match(
    moved,
    /\n\nMoved here:\n\n- 2026-11-23 12:00: alias `champion`, promote by `ada`: `better 'than' <b>before<\/b>`$/,
  );
  for (let n = 0; n < 12; n++) await promote(`alias-${n}`);
  const many = unsealNote(await note())!;
  assert.equal(many.split('\n- 2026').length - 1, 8);
  assert.match(many, /\n- and 5 earlier, see mlctl history$/);
  await registry.setModelVersionTag('iris_clf', 1, NOTE_TAG, `${await note()}\nLooks good. – Eve`);
  const theirs = await note();
  await promote('final');
  assert.equal(await note(), theirs);
  await registerModel(world, { uri: done.model_uri!, name: 'iris_clf' });
  assert.equal(await note(), theirs);
  await stores.close();
});

test('a note shows hostile names as text', () => {
  const note = noteOf(lineageLike({ user: '`](javascript:x)\n# big', source: '<script>' }), new Map([['a`b', 0.5]]));
  assert.match(note, /^Trained by `'\]\(javascript:x\)[^\n]*# big`/);
  assert.match(note, /- source: `<script>`/);
  assert.match(note, /- metrics: `a'b` 0\.5/);
});
