// Spoiled skops files are read or refused with an MlctlError, within time and memory. The spoiling knows the fields of zips, of .npy
// headers and of schema.json. MLCTL_MUTANTS sets how many there are, MLCTL_SEED which.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../../src/errors/error.js';
import type { Saved } from '../../../src/python/saved.js';
import { readSkops } from '../../../src/python/skops/read-skops.js';
import { inflateBudget, openZip } from '../../../src/python/zip/open-zip.js';
import { cpuMs } from '../../support/longest-part.js';
import { FIXTURES } from '../../support/paths.js';
import { Spoiler } from '../../support/spoiler.js';
import { type EntryToWrite, writeZip, type ZipFields } from '../../support/write-zip.js';

const MUTANTS = Number(process.env['MLCTL_MUTANTS'] ?? 36_000);
const SEED = Number(process.env['MLCTL_SEED'] ?? 1);
const MOST_MS = 1000;
const MOST_MEMORY = 256 * 2 ** 20;

const FOLDER = join(FIXTURES, 'python', 'skops');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.skops'));

const BYTES = new Map(FILES.map((name) => [name, readFileSync(join(FOLDER, name))]));
const ENTRIES = new Map<string, readonly EntryToWrite[]>();
for (const [name, bytes] of BYTES) {
  const zip = await openZip(bytes, name, inflateBudget(bytes.length));
  const entries = zip.names.map((entry) => ({ name: entry, data: zip.read(entry) as Uint8Array }));
  ENTRIES.set(name, entries);
}
const entriesOf = (name: string): EntryToWrite[] => [...(ENTRIES.get(name) ?? [])];

/** A value, or an MlctlError with exit 7 and words; anything else thrown fails the test. */
async function judge(bytes: Uint8Array, what: string): Promise<Saved | MlctlError> {
  const started = cpuMs();
  const before = process.memoryUsage();
  let verdict: Saved | MlctlError;
  try {
    verdict = await readSkops(bytes, (module) =>
      /^(?:sklearn|scipy|numpy|functools|operator|collections)\b/.test(module),
    );
  } catch (error) {
    if (!(error instanceof MlctlError)) throw new Error(`${what}: ${error instanceof Error ? error.stack : error}`);
    assert.equal(error.exitCode, 7, `${what}: ${error.message}`);
    assert.ok(error.hint && error.message.length < 2000, what);
    verdict = error;
  }
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  assert.ok(arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed < MOST_MEMORY, `${what}: memory`);
  assert.ok(cpuMs() - started < MOST_MS, `${what}: ${cpuMs() - started} ms`);
  return verdict;
}

async function run(share: number, spoil: (spoiler: Spoiler, name: string) => Uint8Array): Promise<number> {
  const spoiler = new Spoiler(SEED);
  let refused = 0;
  const count = Math.ceil(MUTANTS * share);
  for (let number = 0; number < count; number += 1) {
    const name = spoiler.pick(FILES);
    const bytes = spoil(spoiler, name);
    if ((await judge(bytes, `mutant ${number} of ${name}, seed ${SEED}`)) instanceof MlctlError) refused += 1;
  }
  return refused / count;
}

describe('spoiled skops files', () => {
  test('with other bytes anywhere', async () => {
    const refused = await run(0.25, (spoiler, name) => spoiler.bytes(BYTES.get(name) as Uint8Array));
    assert.ok(refused > 0.8, `${refused} refused`);
  });

  test('with other fields in the headers of the zip', async () => {
    const refused = await run(0.2, (spoiler, name) => {
      const entries = entriesOf(name);
      const at = spoiler.below(entries.length);
      const one = { ...(entries[at] as EntryToWrite), isDeflated: spoiler.below(2) === 0 };
      const field = spoiler.pick([
        'flags',
        'method',
        'crc',
        'compressedSize',
        'size',
        'attributes',
        'offset',
        'name',
        'extra',
      ] as const);
      const most = field === 'flags' || field === 'method' ? 0xffff : 0xffffffff;
      const value =
        field === 'name'
          ? spoiler.pick(['schema.json', '../x', '', '/x', 'a\\b', '\0', 'x'.repeat(300)])
          : field === 'extra'
            ? spoiler.bytes(Uint8Array.of(1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0))
            : Math.min(spoiler.int(), most);
      const fields = { [field]: value } as Partial<ZipFields>;
      const where = spoiler.below(3);
      entries[at] = { ...one, ...(where < 2 ? { central: fields } : {}), ...(where > 0 ? { local: fields } : {}) };
      const end =
        spoiler.below(4) === 0 ? { [spoiler.pick(['count', 'size', 'offset'])]: spoiler.below(70_000) % 65_536 } : {};
      return writeZip(entries, end);
    });
    assert.ok(refused > 0.5, `${refused} refused`);
  });

  test('with other .npy headers and other data behind them', async () => {
    await run(0.25, (spoiler, name) => {
      const entries = entriesOf(name);
      const arrays = entries.filter((entry) => entry.name.endsWith('.npy'));
      const one = arrays.length > 0 ? spoiler.pick(arrays) : spoiler.pick(entries);
      const changed = {
        ...one,
        data: arrays.length === 0 || spoiler.below(4) === 0 ? spoiler.bytes(one.data) : spoiler.npyHeader(one.data),
      };
      return writeZip(entries.map((entry) => (entry === one ? changed : entry)));
    });
  });

  test('with other nodes in schema.json', async () => {
    const refused = await run(0.3, (spoiler, name) => {
      const entries = entriesOf(name);
      return writeZip(
        entries.map((entry) => {
          if (entry.name !== 'schema.json') return entry;
          const schema: unknown = JSON.parse(Buffer.from(entry.data).toString());
          for (let times = 1 + spoiler.below(3); times > 0; times -= 1) spoiler.json(schema);
          return { ...entry, data: Buffer.from(JSON.stringify(schema)) };
        }),
      );
    });
    assert.ok(refused > 0.3, `${refused} refused`);
  });
});
