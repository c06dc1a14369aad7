// The same rows get the same verdict, and the same answers, by every verb that reads rows: each format, each mode, real files.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { logExisting } from '../../src/operations/log.js';
import { predict } from '../../src/operations/predict.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { validate } from '../../src/operations/validate.js';
import { FORMATS, type InputFormat } from '../../src/rows/formats.js';
import type { EnforcementMode } from '../../src/schema/cast-types.js';
import type { SchemaFinding } from '../../src/schema/types.js';
import { IRIS_LIKE } from '../support/packages.js';
import { pythonOf, runPython } from '../support/python.js';
import { type TestWorld, testWorld } from '../support/worlds.js';

interface Rows {
  readonly columns: readonly string[];
  readonly data: readonly (readonly (number | string | null)[])[];
}

const CASES: Readonly<Record<string, Rows>> = {
  good: {
    columns: ['a', 'b'],
    data: [
      [0.5, 1.25],
      [3.5, -2.5],
      [1e-7, 12345.678],
    ],
  },
  turned: { columns: ['b', 'a'], data: [[0.5, 1.25]] },
  extra: { columns: ['a', 'extra', 'b'], data: [[1.5, 'x, y', 2.5]] },
  missing: { columns: ['a'], data: [[1.5], [2.5]] },
  text: {
    columns: ['a', 'b'],
    data: [
      [1.5, 'high'],
      [2.5, 'low'],
    ],
  },
  empty: {
    columns: ['a', 'b'],
    data: [
      [1.5, 0.5],
      [null, 2.5],
    ],
  },
  whole: { columns: ['a', 'b'], data: [[1, 2]] },
};

/** Verdicts that are known, so that four roads cannot be wrong together. */
const KNOWN: Readonly<Record<string, Readonly<Record<EnforcementMode, boolean>>>> = {
  good: { strict: true, mlflow: true },
  extra: { strict: false, mlflow: true },
  missing: { strict: false, mlflow: false },
  text: { strict: false, mlflow: false },
};

const SIGNATURE = {
  inputs: [
    { type: 'double', name: 'a', required: true },
    { type: 'double', name: 'b', required: true },
  ],
  outputs: [
    { type: 'long', name: 'label', required: true },
    { type: 'double', name: 'probability_0', required: true },
    { type: 'double', name: 'probability_1', required: true },
  ],
};

const delimited = ({ columns, data }: Rows, delimiter: string): string => {
  const cell = (value: unknown) => {
    const text = value === null ? '' : String(value);
    return text.includes(delimiter) ? `"${text}"` : text;
  };
  return `${[columns, ...data].map((row) => row.map(cell).join(delimiter)).join('\n')}\n`;
};

const WRITERS: Readonly<Record<Exclude<InputFormat, 'parquet'>, (rows: Rows) => string>> = {
  csv: (rows) => delimited(rows, ','),
  tsv: (rows) => delimited(rows, '\t'),
  json: (rows) => JSON.stringify({ dataframe_split: rows }),
  ndjson: ({ columns, data }) =>
    data.map((row) => `${JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, row[i]])))}\n`).join(''),
};

const TO_PARQUET = `
import json, sys, pandas as pd
for name, rows in json.load(open(sys.argv[1])).items():
    pd.DataFrame(rows["data"], columns=rows["columns"]).to_parquet(name + ".parquet", index=False)
`;

interface Verdict {
  readonly findings: readonly SchemaFinding[];
  readonly total: number;
  /** One a row; null from a verb that runs no model. */
  readonly answers: readonly Readonly<Record<string, unknown>>[] | null;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const refusedAs = (details: unknown): Verdict => {
  const { findings, total } = details as Verdict;
  assert.ok(total > 0);
  return { findings, total, answers: null };
};

/** The verdict in an error that names the findings; any other error is not a verdict. */
function refusal(error: unknown): Verdict {
  assert.ok(error instanceof MlctlError && error.code === 'SCHEMA_VIOLATION', String(error));
  return refusedAs(error.details);
}

type Road = (world: TestWorld, uri: string, file: string, mode: EnforcementMode) => Promise<Verdict>;

const accepted = (answers: Verdict['answers']): Verdict => ({ findings: [], total: 0, answers });
const streams = () => ({ stdin: Readable.from([]), stdout: new Writable() });

const ROADS: Readonly<Record<string, Road>> = {
  async validate(world, uri, input, mode) {
    const { findings, total } = await validate(world, { uri, input, mode }, streams());
    return { findings, total, answers: null };
  },
  async predict(world, uri, input, mode) {
    try {
      await predict(world, { uri, input, mode, output: 'answers.ndjson' }, streams());
    } catch (error) {
      return refusal(error);
    }
    const lines = readFileSync(join(world.cwd, 'answers.ndjson'), 'utf8').trimEnd().split('\n');
    return accepted(lines.map((line) => JSON.parse(line)));
  },
  async smoke(world, uri, rows, mode) {
    const document = await smokeModel(world, { uri, rows, mode });
    const check = document.checks.find(({ name }) => name === 'predict');
    if (check?.status === 'pass') return accepted(document.predictions);
    assert.equal(document.error?.code, 'SCHEMA_VIOLATION', JSON.stringify(check));
    return refusedAs(document.error?.details);
  },
  async log(world, _uri, inputExample, mode) {
    const request = { path: 'model.onnx', signature: 'signature.json', inputExample, mode };
    try {
      const { path } = await logExisting(world, request);
      const golden = JSON.parse(readFileSync(join(path ?? '', 'golden_predictions.json'), 'utf8'));
      const columns = Object.entries(golden.predictions as Record<string, unknown[]>);
      return accepted(
        (columns[0]?.[1] ?? []).map((_, row) =>
          Object.fromEntries(columns.map(([name, values]) => [name, values[row]])),
        ),
      );
    } catch (error) {
      return refusal(error);
    }
  },
};

async function logged(): Promise<{ world: TestWorld; uri: string }> {
  const world = testWorld();
  copyFileSync(IRIS_LIKE, join(world.cwd, 'model.onnx'));
  writeFileSync(join(world.cwd, 'signature.json'), JSON.stringify(SIGNATURE));
  const { model_uri: uri } = await logExisting(world, { path: 'model.onnx', signature: 'signature.json' });
  return { world, uri: uri ?? '' };
}

async function agree(format: InputFormat, { world, uri }: Awaited<ReturnType<typeof logged>>): Promise<void> {
  for (const name of Object.keys(CASES)) {
    for (const mode of ['strict', 'mlflow'] as const) {
      const verdicts = new Map<string, Verdict>();
      for (const [road, run] of Object.entries(ROADS))
        verdicts.set(road, plain(await run(world, uri, `${name}.${format}`, mode)) as Verdict);
      const { answers: _, ...wanted } = verdicts.get('validate') as Verdict;
      const { answers } = verdicts.get('predict') as Verdict;
      for (const [road, { answers: own, ...verdict }] of verdicts) {
        assert.deepEqual(verdict, wanted, `${name} as ${format}, ${mode}, by ${road}`);
        if (road !== 'validate') assert.deepEqual(own, answers, `${name} as ${format}, ${mode}: answers by ${road}`);
      }
      assert.equal(wanted.total === 0, KNOWN[name]?.[mode] ?? wanted.total === 0, `${name} as ${format}, ${mode}`);
      if (wanted.total === 0) assert.equal(answers?.length, CASES[name]?.data.length);
    }
  }
}

for (const [format, write] of Object.entries(WRITERS)) {
  test(`${format}: validate, predict, smoke and log agree in both modes`, async () => {
    const at = await logged();
    for (const [name, rows] of Object.entries(CASES))
      writeFileSync(join(at.world.cwd, `${name}.${format}`), write(rows));
    await agree(format as InputFormat, at);
  });
}

test('parquet: validate, predict, smoke and log agree in both modes', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const at = await logged();
  writeFileSync(join(at.world.cwd, 'cases.json'), JSON.stringify(CASES));
  const made = runPython(found.python, TO_PARQUET, ['cases.json'], { cwd: at.world.cwd });
  assert.equal(made.status, 0, made.stderr);
  await agree('parquet', at);
});

test('every command reads every format of the table, by each of its suffixes', async () => {
  const covered = [...Object.keys(WRITERS), 'parquet'];
  assert.deepEqual(
    FORMATS.map(({ name }) => name),
    covered,
  );
  const { world, uri } = await logged();
  for (const { name, extensions } of FORMATS) {
    if (name === 'parquet') continue;
    for (const extension of extensions) {
      writeFileSync(join(world.cwd, `GOOD${extension.toUpperCase()}`), WRITERS[name](CASES.good as Rows));
      for (const [road, run] of Object.entries(ROADS)) {
        const { total } = await run(world, uri, `GOOD${extension.toUpperCase()}`, 'strict');
        assert.equal(total, 0, `${extension} by ${road}`);
      }
    }
  }
  writeFileSync(join(world.cwd, 'rows.xlsx'), 'PK');
  for (const [road, run] of Object.entries(ROADS)) {
    const refused = await run(world, uri, 'rows.xlsx', 'strict').catch((error) => error as Error);
    // smoke tells its errors in its document; the assertion above then shows the failed check.
    assert.match(String(refused), /\.csv, \.tsv, \.json, \.ndjson, \.jsonl, \.parquet, \.pq/, road);
  }
});
