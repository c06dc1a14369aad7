// Moves, their records and their conflicts in a real store, with what others do in between put there by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { winnerOf } from '../../src/registry/concurrent-moves.js';
import {
  type KeyedRecord,
  type MoveRecord,
  newRecordKey,
  recordsOf,
  writeRecord,
} from '../../src/registry/move-record.js';
import { moveStageOrAlias } from '../../src/registry/move-stage-or-alias.js';
import { moveVersion } from '../../src/registry/move-version.js';
import { movedSince } from '../../src/registry/moved-since.js';
import { notInRegistry } from '../../src/registry/not-in-registry.js';
import { readHistory } from '../../src/registry/read-history.js';
import { checkRegistration, recordModelVersion } from '../../src/registry/record-model-version.js';
import { currentVersion, type StageOrAlias } from '../../src/registry/stage-or-alias.js';
import { versionsOf } from '../../src/registry/versions-of.js';
import { lazyStores } from '../../src/session/stores.js';
import { asTyped } from '../../src/text/as-typed.js';
import type { ModelRegistry, ModelVersion } from '../../src/tracking/model-registry.js';
import { championMove } from '../support/moves.js';
import { testWorld } from '../support/worlds.js';

const CHAMPION: StageOrAlias = { kind: 'alias', target: 'champion' };
const PRODUCTION: StageOrAlias = { kind: 'stage', target: 'Production' };

/** A registry with the model `m` and so many versions of it. */
async function registryWith(count: number) {
  const world = testWorld();
  const stores = lazyStores(world, {});
  const registry = await stores.registry();
  const versions: ModelVersion[] = [];
  for (let n = 1; n <= count; n++) versions.push(await recordModelVersion(world, registry, request(`made-${n}`)));
  const move = (n: number, to: StageOrAlias, more: { ifCurrent?: number | null } = {}, store = registry) => {
    const progress: string[] = [];
    return moveStageOrAlias(world, {
      registry: store,
      version: versions[n - 1]!,
      to,
      action: 'promote',
      onProgress: (now) => progress.push(now),
      ...more,
    }).then((done) => ({ ...done, progress }));
  };
  const at = (place: StageOrAlias) => currentVersion(registry, 'm', place);
  const records = async () => (await versionsOf(registry, 'm')).flatMap(recordsOf);
  return { world, stores, registry, versions, move, at, records };
}

const request = (requestId: string, more: object = {}) => ({
  name: 'm',
  uri: 'runs:/r/model',
  source: '/somewhere/model',
  modelId: null,
  runId: null,
  tags: new Map<string, string>(),
  requestId,
  ...more,
});

/** The registry with some methods done differently. */
const meddling = (registry: ModelRegistry, changes: Partial<ModelRegistry>): ModelRegistry =>
  new Proxy(registry, {
    get(target, key) {
      const value = Reflect.get(key in changes ? changes : target, key) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

test('what is there already is not moved, and leaves no record', async () => {
  const { move, at, records, stores } = await registryWith(2);
  for (const place of [CHAMPION, PRODUCTION]) {
    assert.equal((await move(1, place)).moved, true);
    const before = (await records()).length;
    assert.deepEqual(await move(1, place), { from: 1, moved: false, conflict: null, progress: [] });
    assert.deepEqual(await move(1, place, { ifCurrent: 1 }), { from: 1, moved: false, conflict: null, progress: [] });
    assert.equal((await records()).length, before);
    assert.equal(await at(place), 1);
  }
  await stores.close();
});

test('a record has the stage that the version came from, and none for an alias', async () => {
  const { registry, versions, move, records, stores } = await registryWith(1);
  await registry.transitionStage({ name: 'm', version: 1, stage: 'Staging', archiveExisting: false });
  versions[0] = (await registry.getModelVersion('m', 1))!;
  await move(1, PRODUCTION);
  await move(1, CHAMPION);
  assert.deepEqual(
    (await records()).map(({ kind, from_stage }) => [kind, from_stage]),
    [
      ['stage', 'Staging'],
      ['alias', null],
    ],
  );
  await stores.close();
});

test('a move is written down, made and confirmed; a condition that holds marks it as guarded', async () => {
  const { move, at, records, stores } = await registryWith(2);
  const first = await move(1, CHAMPION);
  assert.deepEqual(first, { from: null, moved: true, conflict: null, progress: ['asked', 'made'] });
  assert.equal(await at(CHAMPION), 1);
  assert.equal((await move(2, CHAMPION, { ifCurrent: 1 })).conflict, null);
  assert.equal(await at(CHAMPION), 2);
  const [one, two] = (await records()).sort((a, b) => a.time - b.time);
  const { key: _one, time: _when, ...plain } = one!;
  assert.deepEqual(plain, {
    action: 'promote',
    kind: 'alias',
    target: 'champion',
    from_version: null,
    to_version: 1,
    from_stage: null,
    user: 'ada',
  });
  assert.deepEqual([two?.from_version, two?.to_version, two?.guarded, two?.state], [1, 2, true, undefined]);
  await stores.close();
});

test('a condition that does not hold moves nothing, and writes nothing down', async () => {
  const { move, at, records, stores } = await registryWith(2);
  await move(1, CHAMPION);
  for (const [ifCurrent, expected] of [
    [2, 2],
    [null, null],
  ] as const) {
    const { conflict, from, progress } = await move(2, CHAMPION, { ifCurrent });
    assert.deepEqual(conflict, { ...CHAMPION, expected_version: expected, found_version: 1, when: 'before' });
    assert.deepEqual([from, progress], [1, []]);
  }
  assert.equal(await at(CHAMPION), 1);
  assert.equal((await records()).length, 1);
  await stores.close();
});

test('a version that changes after the intent was written stays, and the intent is withdrawn', async () => {
  const { move, at, records, registry, stores } = await registryWith(3);
  await move(1, CHAMPION);
  const between = meddling(registry, {
    async setModelVersionTag(name, version, key, value) {
      await registry.setModelVersionTag(name, version, key, value);
      if (value.includes('"pending"')) await registry.setAlias(name, 'champion', 3);
    },
  });
  const { conflict, progress } = await move(2, CHAMPION, { ifCurrent: 1 }, between);
  assert.deepEqual(conflict, { ...CHAMPION, expected_version: 1, found_version: 3, when: 'before' });
  assert.deepEqual(progress, []);
  assert.equal(await at(CHAMPION), 3);
  assert.equal((await records()).find(({ to_version: to }) => to === 2)?.state, 'withdrawn');
  await stores.close();
});

test('a version that somebody puts there after the move stays', async () => {
  const { move, at, registry, stores } = await registryWith(3);
  await move(1, CHAMPION);
  const after = meddling(registry, {
    async setAlias(name, alias, version) {
      await registry.setAlias(name, alias, version);
      await registry.setAlias(name, alias, 3);
    },
  });
  const { conflict } = await move(2, CHAMPION, { ifCurrent: 1 }, after);
  assert.deepEqual(conflict, { ...CHAMPION, expected_version: 2, found_version: 3, when: 'after' });
  assert.equal(await at(CHAMPION), 3);
  await stores.close();
});

test('of two moves from the same version the loser puts the winner back, and withdraws its own record', async () => {
  const cases: [string, Partial<MoveRecord>, 'mine' | 'theirs'][] = [
    ['an earlier one with a condition', { time: 1, guarded: true }, 'theirs'],
    ['a later one with a condition', { time: 9_999_999_999_999, guarded: true }, 'mine'],
    ['any without a condition', { time: 9_999_999_999_999 }, 'theirs'],
    ['one that was withdrawn', { time: 1, guarded: true, state: 'withdrawn' }, 'mine'],
    ['one from another version', { time: 1, guarded: true, from_version: 3 }, 'mine'],
    ['one of another alias', { time: 1, guarded: true, target: 'other' }, 'mine'],
  ];
  for (const [what, parts, winner] of cases) {
    const { move, at, records, registry, stores } = await registryWith(3);
    await move(1, CHAMPION);
    const theirs = championMove(1, 3, { time: 0, ...parts });
    const both = meddling(registry, {
      async setAlias(name, alias, version) {
        await registry.setAlias(name, alias, version);
        await writeRecord(registry, name, newRecordKey(theirs), theirs);
      },
    });
    const { conflict } = await move(2, CHAMPION, { ifCurrent: 1 }, both);
    assert.equal(await at(CHAMPION), winner === 'mine' ? 2 : 3, what);
    const own = (await records()).find(({ to_version: to }) => to === 2);
    assert.equal(own?.state, winner === 'mine' ? undefined : 'withdrawn', what);
    if (winner === 'mine') assert.equal(conflict, null, what);
    else assert.deepEqual(conflict, { ...CHAMPION, expected_version: 2, found_version: 3, when: 'after' }, what);
    await stores.close();
  }
});

test('a concurrent move that is undecided is waited for, and one that was there before is not concurrent', async () => {
  const { move, at, registry, stores } = await registryWith(3);
  await move(1, CHAMPION);
  await move(3, CHAMPION, { ifCurrent: 1 });
  await registry.setAlias('m', 'champion', 1);
  // Version 3 was moved from version 1 too, but that was decided before.
  assert.equal((await move(2, CHAMPION, { ifCurrent: 1 })).conflict, null);
  await registry.setAlias('m', 'champion', 1);
  const pending = championMove(1, 3, { time: 2, guarded: true, state: 'pending' });
  const key = newRecordKey(pending);
  await writeRecord(registry, 'm', key, pending);
  let looks = 0;
  const slow = meddling(registry, {
    async searchModelVersions(page) {
      const { state: _, ...decided } = pending;
      if (++looks === 3) await writeRecord(registry, 'm', key, decided);
      return registry.searchModelVersions(page);
    },
  });
  const { conflict } = await move(2, CHAMPION, { ifCurrent: 1 }, slow);
  assert.equal(conflict?.found_version, 3);
  assert.ok(looks >= 3);
  assert.equal(await at(CHAMPION), 3);
  await stores.close();
});

test('the move to yield to: the last without a condition, else the first, else nobody', () => {
  const record = (key: string, guarded: boolean): KeyedRecord => ({
    ...championMove(1, 2, { time: 1, ...(guarded ? { guarded: true as const } : {}) }),
    key,
  });
  const keyOf = (moves: KeyedRecord[], own: string, late = false) => winnerOf(moves, own, late)?.key ?? null;
  assert.equal(keyOf([], 'k'), null);
  assert.equal(keyOf([record('a', true), record('z', true)], 'k'), 'a');
  assert.equal(keyOf([record('z', true), record('x', true)], 'k'), null);
  assert.equal(keyOf([record('z', true), record('x', true)], 'k', true), 'x');
  assert.equal(keyOf([record('z', false), record('a', true), record('b', false)], 'k'), 'z');
});

test('a stage holds one version: the one before is archived, and of several the last one moved stays', async () => {
  const { move, at, registry, stores } = await registryWith(4);
  const stages = async () => (await versionsOf(registry, 'm')).map(({ version, stage }) => `${version} ${stage}`);
  await move(1, PRODUCTION);
  assert.deepEqual(await move(2, PRODUCTION), { from: 1, moved: true, conflict: null, progress: ['asked', 'made'] });
  assert.deepEqual(await stages(), ['4 None', '3 None', '2 Production', '1 Archived']);
  // As after concurrent moves: the server archived none of the others.
  await registry.transitionStage({ name: 'm', version: 4, stage: 'Production', archiveExisting: false });
  const keeping = meddling(registry, {
    transitionStage: (one) => registry.transitionStage({ ...one, archiveExisting: false }),
  });
  await move(3, PRODUCTION, {}, keeping);
  assert.deepEqual(await stages(), ['4 Archived', '3 Production', '2 Archived', '1 Archived']);
  // Archived may hold many, and nothing else is moved for it.
  await move(3, { kind: 'stage', target: 'Archived' });
  assert.equal(await at(PRODUCTION), null);
  assert.equal(await at({ kind: 'stage', target: 'Archived' }), 4);
  await move(2, { kind: 'stage', target: 'None' });
  assert.deepEqual(await stages(), ['4 Archived', '3 Archived', '2 None', '1 Archived']);
  await stores.close();
});

test('stage and alias are moved in this order; the first conflict stops and names what moved', async () => {
  const { world, registry, versions, at, stores } = await registryWith(2);
  const both = { stage: 'Production', alias: 'champion', action: 'promote' } as const;
  const moves = (from: number | null) =>
    [PRODUCTION, CHAMPION].map((one) => ({ ...one, from_version: from, moved: true }));
  assert.deepEqual(await moveVersion(world, registry, versions[0]!, both), { moves: moves(null), conflict: null });
  assert.match(world.notes.join(), /stages are deprecated/);
  assert.deepEqual(await moveVersion(world, registry, versions[1]!, { ...both, ifCurrent: 1 }), {
    moves: moves(1),
    conflict: null,
  });
  await registry.setAlias('m', 'champion', 1);
  const lost = await moveVersion(world, registry, versions[0]!, { ...both, ifCurrent: 2 });
  assert.deepEqual(lost.conflict, {
    ...CHAMPION,
    expected_version: 2,
    found_version: 1,
    when: 'before',
    moved: ['stage Production'],
  });
  const none = await moveVersion(world, registry, versions[1]!, { alias: 'champion', action: 'promote', ifCurrent: 2 });
  assert.equal('moved' in none.conflict!, false);
  assert.equal(await at(PRODUCTION), 1);
  assert.deepEqual(await movedSince(registry, 'm', PRODUCTION, 1), null);
  assert.deepEqual(await movedSince(registry, 'm', PRODUCTION, null), {
    ...PRODUCTION,
    expected_version: null,
    found_version: 1,
    when: 'before',
  });
  const quiet = testWorld();
  await moveVersion(quiet, registry, versions[1]!, { alias: 'champion', action: 'promote' });
  assert.deepEqual(quiet.notes, []);
  await stores.close();
});

test('an error says how far the move came, and what to type for the rest', async () => {
  const { world, registry, versions, stores } = await registryWith(1);
  const broken = (when: string) => new MlctlError('STORE_BUSY', `busy ${when}`);
  const both = { stage: 'Staging', alias: 'champion', action: 'promote' } as const;
  const failures: [Partial<ModelRegistry>, RegExp, string, object][] = [
    [
      { setModelVersionTag: () => Promise.reject(broken('at the intent')) },
      /^busy at the intent; stage Staging and alias champion were not moved$/,
      'mlctl promote m/1 --stage Staging --alias champion',
      { moved: [], unsure: null },
    ],
    [
      { transitionStage: () => Promise.reject(broken('at the stage')) },
      /^busy at the stage; whether stage Staging moved is not known, alias champion was not moved$/,
      'see mlctl models m, and if it did not move: mlctl promote m/1 --stage Staging --alias champion',
      { moved: [], unsure: 'stage Staging' },
    ],
    [
      { setAlias: () => Promise.reject(broken('at the alias')) },
      /^busy at the alias; stage Staging of m moved to version 1, whether alias champion moved is not known$/,
      'see mlctl models m, and if it did not move: mlctl promote m/1 --alias champion',
      { moved: ['stage Staging'], unsure: 'alias champion' },
    ],
    [
      {
        setModelVersionTag: (name, version, key, value) =>
          key.includes('.alias.') && !value.includes('"pending"')
            ? Promise.reject(broken('at the end'))
            : registry.setModelVersionTag(name, version, key, value),
      },
      /^busy at the end; stage Staging and alias champion of m moved to version 1, which the history records as begun, not as done$/,
      'mlctl promote m/1 --alias champion',
      { moved: ['stage Staging', 'alias champion'], unsure: null },
    ],
  ];
  for (const [changes, message, hint, details] of failures) {
    // Out of the stage, so that there is something to move.
    await registry.transitionStage({ name: 'm', version: 1, stage: 'None', archiveExisting: false });
    await assert.rejects(moveVersion(world, meddling(registry, changes), versions[0]!, both), (error) => {
      assert.ok(error instanceof MlctlError);
      assert.match(error.message, message);
      assert.equal(error.hint, hint);
      assert.deepEqual(error.details, details);
      assert.equal(error.state['halfMoved'], true);
      return true;
    });
  }
  const bug = new TypeError('x');
  await assert.rejects(
    moveVersion(world, meddling(registry, { setAlias: () => Promise.reject(bug) }), versions[0]!, {
      ...both,
      alias: 'other',
    }),
    bug,
  );
  await stores.close();
});

test('a registration names the version that exists when something after it fails; of twins the lowest is used', async () => {
  const { world, registry, stores } = await registryWith(0);
  const first = await recordModelVersion(world, registry, request('a', { alias: 'champion', stage: 'production' }));
  assert.deepEqual([first.version, await currentVersion(registry, 'm', CHAMPION)], [1, 1]);
  assert.equal(await currentVersion(registry, 'm', PRODUCTION), 1);
  const failing = meddling(registry, { setAlias: () => Promise.reject(new MlctlError('STORE_BUSY', 'busy')) });
  await assert.rejects(recordModelVersion(world, failing, request('b', { alias: 'champion' })), (error) => {
    assert.ok(error instanceof MlctlError);
    assert.deepEqual(error.details['registered'], { name: 'm', version: 2 });
    assert.deepEqual(error.state['registered'], { name: 'm', version: 2 });
    return true;
  });
  const same = ({ version }: ModelVersion) => version > 1;
  const twin = await recordModelVersion(world, registry, request('c', { alias: 'champion', same }));
  assert.equal(twin.version, 2);
  assert.match(world.notes.at(-1) ?? '', /it is version 2, and version 3 is a duplicate/);
  const alone = testWorld();
  assert.equal((await recordModelVersion(alone, registry, request('d', { same: () => false }))).version, 4);
  assert.deepEqual(alone.notes, []);
  assert.deepEqual(checkRegistration({ name: 'm' }), { stage: null });
  assert.deepEqual(checkRegistration({ name: 'm', stage: 'staging' }), { stage: 'Staging' });
  for (const bad of [{ name: '' }, { name: 'm', alias: 'v1' }, { name: 'm', stage: 'Nightly' }])
    assert.throws(() => checkRegistration(bad), MlctlError, JSON.stringify(bad));
  await stores.close();
});

test('a command that was stopped registers nothing, and leaves no empty name', async () => {
  const { world, stores, registry } = await registryWith(0);
  world.stop(new MlctlError('INTERRUPTED', 'stopped'));
  await assert.rejects(recordModelVersion(world, registry, request('late')), { code: 'INTERRUPTED' });
  assert.equal(await registry.getRegisteredModel('m'), null);
  await stores.close();
});

test('a model of another store is not registered, and no empty name is left', async () => {
  const { world, stores, registry } = await registryWith(0);
  const models = { uri: 'http://elsewhere' } as never;
  const stranger = request('a', { modelId: `m-${'1'.repeat(32)}`, models });
  await assert.rejects(recordModelVersion(world, registry, stranger), {
    code: 'MODEL_NOT_FOUND',
    message: /the logged model m-1+ is in http:\/\/elsewhere/,
  });
  assert.equal(await registry.getRegisteredModel('m'), null);
  // A model that is only files has no store that must know it.
  const files = request('b', { models });
  assert.equal((await recordModelVersion(world, registry, files)).version, 1);
  // Known there, or of the same store: the registry itself decides.
  const known = meddling(registry, { hasLoggedModel: async () => true });
  const own = { ...stranger, models: { uri: registry.uri } as never };
  for (const [store, one] of [
    [known, stranger],
    [registry, own],
  ] as const)
    await assert.rejects(recordModelVersion(world, store, one), { message: /^there is no logged model with the id/ });
  await stores.close();
});

test('what is not in the registry is explained by what is there', async () => {
  const { world, registry, stores } = await registryWith(0);
  const told = async (name: string, wanted: string) => {
    const error = await notInRegistry(registry, `models:/${name}/${wanted}`, name, { kind: 'version', word: wanted });
    return `${error.message} | ${error.hint}`;
  };
  assert.match(
    await told('m', '1'),
    /no model is registered as "m" in .*; the registry is empty \| see `mlctl models`/,
  );
  await registry.ensureRegisteredModel('iris');
  assert.match(await told('irsi', '1'), /similar: "iris" \| did you mean models:\/iris\/…\?/);
  assert.match(await told('quite other', '1'), /there are "iris" \| see `mlctl models`/);
  assert.match(await told('iris', '1'), /it has no version; no stage is set \| register one: .* --name iris$/);
  for (const id of ['a', 'b']) await recordModelVersion(world, registry, request(id, { name: 'iris' }));
  const versions = await versionsOf(registry, 'iris');
  assert.deepEqual(
    versions.map(({ version }) => version),
    [2, 1],
  );
  await registry.transitionStage({ name: 'iris', version: 1, stage: 'Staging', archiveExisting: false });
  await registry.setAlias('iris', 'best', 2);
  assert.match(
    await told('iris', '7'),
    /"iris" has no version 7; it has versions 2, 1; in stages: Staging \(1\); aliases: @best \(2\) \| use models:\/iris@best$/,
  );
  const error = await notInRegistry(registry, 'models:/iris/7', 'iris', { kind: 'version', word: '7' });
  assert.deepEqual(error.details, {
    uri: 'models:/iris/7',
    versions: [2, 1],
    stages: { Staging: 1 },
    aliases: { best: 2 },
  });
  await stores.close();
});

test('the history is what the records say and what is there now', async () => {
  const { move, registry, stores } = await registryWith(3);
  await move(1, CHAMPION);
  await move(2, CHAMPION);
  await move(1, PRODUCTION);
  await registry.transitionStage({ name: 'm', version: 3, stage: 'Production', archiveExisting: false });
  const { current, replayed, model } = await readHistory(registry, 'm');
  assert.equal(model.name, 'm');
  assert.deepEqual(Object.fromEntries(current), { 'stage:Production': 3, 'alias:champion': 2 });
  assert.deepEqual(replayed.before('alias', 'champion'), { known: true, version: 1 });
  assert.deepEqual(
    replayed.moves.map((one) => `${one.action} ${one.kind} ${one.from_version}>${one.to_version}`),
    ['promote alias null>1', 'promote alias 1>2', 'promote stage null>1', 'unknown stage 1>3'],
  );
  await assert.rejects(readHistory(registry, 'other'), {
    code: 'MODEL_NOT_FOUND',
    message: /has no|registered as "other"/,
  });
  await stores.close();
});

test('names are quoted if a shell would read them otherwise', () => {
  for (const plain of ['m/1', 'models:/a-b.c/2', 'runs:/r']) assert.equal(asTyped(plain), plain);
  assert.equal(asTyped('iris clf/1'), '"iris clf/1"');
  assert.equal(asTyped('a;b'), '"a;b"');
});
