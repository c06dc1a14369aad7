// What a failed look-up in the registry says to type instead: near names, the place that services load, never what is archived.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notInRegistry, type Wanted } from '../../src/registry/not-in-registry.js';
import { recordModelVersion } from '../../src/registry/record-model-version.js';
import { lazyStores } from '../../src/session/stores.js';
import type { Stage } from '../../src/uri/stages.js';
import { testWorld } from '../support/worlds.js';

interface There {
  /** The stage of each version, from version 1 on. */
  readonly stages: readonly Stage[];
  readonly aliases?: Readonly<Record<string, number>>;
}

async function hintFor({ stages, aliases = {} }: There, wanted: Wanted): Promise<string | undefined> {
  const world = testWorld();
  const stores = lazyStores(world, {});
  const registry = await stores.registry();
  await registry.ensureRegisteredModel('m');
  for (const [k, stage] of stages.entries()) {
    const facts = { uri: 'runs:/r/model', source: '/somewhere', modelId: null, runId: null, tags: new Map() };
    await recordModelVersion(world, registry, { ...facts, name: 'm', requestId: `made-${k}` });
    if (stage !== 'None') await registry.transitionStage({ name: 'm', version: k + 1, stage, archiveExisting: false });
  }
  for (const [alias, version] of Object.entries(aliases)) await registry.setAlias('m', alias, version);
  const { hint } = await notInRegistry(registry, 'models:/m/x', 'm', wanted);
  await stores.close();
  return hint;
}

const version = { kind: 'version', word: '9' } as const;
const NOTHING = ['None', 'None'] as const;

const CASES: readonly (readonly [what: string, There, Wanted, hint: string])[] = [
  ['no version', { stages: [] }, version, 'register one: mlctl register <uri> --name m'],
  ['no stage or alias: the newest', { stages: NOTHING }, version, 'use models:/m/2'],
  ['the newest is archived: the one before', { stages: ['None', 'Archived'] }, version, 'use models:/m/1'],
  [
    'all are archived',
    { stages: ['Archived', 'Archived'] },
    version,
    'all versions are archived; mlctl models m lists its versions',
  ],
  ['Staging before the newest', { stages: ['Staging', 'None'] }, version, 'use models:/m/Staging'],
  ['an alias before Staging', { stages: ['Staging', 'None'], aliases: { a: 2 } }, version, 'use models:/m@a'],
  ['champion before others', { stages: NOTHING, aliases: { a: 1, champion: 2 } }, version, 'use models:/m@champion'],
  [
    'Production before all',
    { stages: ['Production', 'None'], aliases: { champion: 2 } },
    version,
    'use models:/m/Production',
  ],
  [
    'a near alias',
    { stages: NOTHING, aliases: { best: 1 } },
    { kind: 'alias', word: 'bets' },
    'did you mean models:/m@best?',
  ],
  [
    'an alias that is a stage',
    { stages: ['Staging', 'None'] },
    { kind: 'alias', word: 'staging' },
    'did you mean models:/m/Staging?',
  ],
  [
    'a stage that is an alias',
    { stages: NOTHING, aliases: { production: 2 } },
    { kind: 'stage', word: 'Production' },
    'did you mean models:/m@production?',
  ],
  [
    'near both: its own kind',
    { stages: ['Staging', 'None'], aliases: { staging2: 1 } },
    { kind: 'stage', word: 'Stagin' },
    'did you mean models:/m/Staging?',
  ],
  [
    'near both, an alias',
    { stages: ['Staging', 'None'], aliases: { staging2: 1 } },
    { kind: 'alias', word: 'staging3' },
    'did you mean models:/m@staging2?',
  ],
  [
    'a near stage that is archived is not named',
    { stages: ['Archived', 'None'] },
    { kind: 'stage', word: 'Archivd' },
    'use models:/m/2',
  ],
  [
    'an alias that could be set',
    { stages: NOTHING },
    { kind: 'alias', word: 'champion' },
    'use models:/m/2, or set it: mlctl promote m/2 --alias champion',
  ],
  [
    'a stage that could be filled',
    { stages: NOTHING },
    { kind: 'stage', word: 'Production' },
    'use models:/m/2, or set it: mlctl promote m/2 --stage Production',
  ],
  ['a stage that nobody loads', { stages: NOTHING }, { kind: 'stage', word: 'Archived' }, 'use models:/m/2'],
  ['any version', { stages: NOTHING }, { kind: 'any', word: '' }, 'use models:/m/2'],
];

for (const [what, there, wanted, hint] of CASES)
  test(what, async () => assert.equal(await hintFor(there, wanted), hint));
