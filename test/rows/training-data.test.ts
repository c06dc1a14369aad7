// The format of training data comes from the table of formats: by the bytes, else by the name.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTrainingData } from '../../src/rows/training-data.js';
import { testWorld } from '../support/worlds.js';

const CSV = 'size,city,kind\n1.5,"Ulm, Donau",flat\n2.5,Bonn,house\n,Köln,house\n';

test('the same rows as CSV, as TSV and without a suffix give the same table', async () => {
  const world = testWorld();
  const tsv = CSV.replace('"Ulm, Donau"', 'Ulm\u0000Donau').replaceAll(',', '\t').replace('\u0000', ', ');
  const read = async (name: string, text: string) => {
    writeFileSync(join(world.cwd, name), text);
    return (await readTrainingData(world, { source: name }, world.cwd)).table;
  };
  const wanted = await read('homes.csv', CSV);
  assert.deepEqual(
    wanted.columns.map(({ name, type }) => [name, type]),
    [
      ['size', 'double'],
      ['city', 'string'],
      ['kind', 'string'],
    ],
  );
  assert.deepEqual(await read('homes.tsv', tsv), wanted);
  assert.deepEqual(await read('homes.data', CSV), wanted);
  assert.deepEqual(await read('homes', CSV), wanted);
});

test('a file that is not a table is refused, and the error says which formats are', async () => {
  const world = testWorld();
  for (const name of ['rows.json', 'rows.ndjson', 'rows.jsonl', 'rows.xlsx', 'rows.json.gz']) {
    writeFileSync(join(world.cwd, name), '{"a": 1}\n');
    await assert.rejects(readTrainingData(world, { source: name }, world.cwd), {
      code: 'DATA_UNSUPPORTED',
      message: `${name} is not a table to train on; mlctl trains on CSV, TSV, Parquet`,
      hint: 'write it as .csv, .tsv, .parquet, .pq',
    });
  }
  writeFileSync(join(world.cwd, 'named.csv'), `PAR1${'\0'.repeat(20)}PAR1`);
  await assert.rejects(readTrainingData(world, { source: 'named.csv' }, world.cwd), /Parquet/);
});
