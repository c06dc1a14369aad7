// Every element type at every rank by every road, against what Python's onnxruntime answers.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { halfBits } from '../../src/data/half-float.js';
import { isJsonArray, isJsonObject, parseJson } from '../../src/data/json.js';
import type { JsonValue } from '../../src/data/json-types.js';
import type { Table } from '../../src/data/table.js';
import { openRowWriter } from '../../src/data/write/open-row-writer.js';
import { MlctlError } from '../../src/errors/error.js';
import { sha256 } from '../../src/files/digest-folder.js';
import { openOnnx } from '../../src/inference/open-onnx.js';
import { compareWithGolden } from '../../src/model/compare-with-golden.js';
import { formatGolden, goldenOf, parseGolden } from '../../src/model/golden.js';
import { formatInputExample } from '../../src/model/input-example.js';
import { inspectModel } from '../../src/onnx/inspect.js';
import { inferGraphSignature } from '../../src/packaging/infer-graph-signature.js';
import { castExample, exampleOfJson } from '../../src/packaging/read-input-example.js';
import { castRows } from '../../src/rows/cast-rows.js';
import { givenRows } from '../../src/rows/given-rows.js';
import type { CastResult } from '../../src/schema/cast-types.js';
import type { Signature } from '../../src/schema/types.js';
import { ROOT, scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

interface Truth {
  readonly type: string;
  readonly rank: number;
  /** JSON of the nested lists, one item a row. */
  readonly rows: string;
  /** Each row, as a cell of a data frame. */
  readonly cells: readonly string[];
  readonly answer: string;
}

const folder = scratch();
const world = testWorld();
const python = pythonOf('mlflow');
const skip = 'skip' in python ? python.skip : false;
let truths: readonly Truth[] = [];

before(() => {
  if ('skip' in python) return;
  const program = readFileSync(join(ROOT, 'fixtures', 'onnx', 'make-element-types.py'), 'utf8');
  const made = runPython(python.python, program, [folder]);
  assert.equal(made.status, 0, made.stderr);
  truths = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
});

const UNSIGNED: Signature = { inputs: null, outputs: null, params: null };

async function openFile(name: string) {
  const bytes = readFileSync(join(folder, name));
  const digest = {
    files: [{ path: name, size: bytes.length, sha256: sha256(bytes) }],
    bytes: new Map([[name, bytes]]),
  };
  const model = await openOnnx({ packageFolder: folder, payload: name, digest, trusted: true, timeoutMs: null });
  const { inputs, outputs } = inspectModel(bytes);
  return { model, signature: inferGraphSignature(inputs, outputs, null)! };
}

/** The text in a file of this name, cast by the signature. */
async function cast(name: string, text: string, signature: Signature, mode: 'strict' | 'mlflow' = 'strict') {
  const input = join(world.cwd, name);
  writeFileSync(input, text);
  return castRows(world, givenRows({ input, mode }), signature);
}

function tableOf(result: CastResult): Table {
  assert.ok(result.ok, result.ok ? '' : result.findings[0]?.message);
  return result.table;
}

/** Numbers by the bits of their type: mlctl writes the fewest digits of a float32, Python those of the double it widens to. */
function values(json: JsonValue, type: string): unknown {
  if (isJsonArray(json)) return json.map((item) => values(item, type));
  if (typeof json !== 'object' || json === null || isJsonObject(json)) return json;
  const { text } = json;
  if (type === 'float16') return halfBits(Number(text));
  if (type.startsWith('float')) return type === 'float32' ? Math.fround(Number(text)) : Number(text);
  return BigInt(text);
}

/** The answer as `predict` prints it. */
async function printed(answer: Table, type: string): Promise<unknown> {
  const writer = await openRowWriter('ndjson');
  const lines = `${writer.rows(answer)}${writer.end()}`.trim().split('\n');
  return lines.map((line) => {
    const row = parseJson(line);
    assert.ok(isJsonObject(row));
    return values(row.entries[0]![1], type);
  });
}

/** By every road that the signature has, and as a model without one is fed. */
async function roads({ rows, cells }: Truth, signature: Signature): Promise<(readonly [string, CastResult])[]> {
  const records = cells.map((cell) => `{"x": ${cell}}`);
  const list = `{"inputs": ${rows}}`;
  const found: [string, CastResult][] = [
    ['inputs', await cast('x.json', list, signature)],
    ['inputs, as MLflow casts', await cast('x.json', list, signature, 'mlflow')],
    ['inputs without a signature', await cast('x.json', `{"inputs": {"x": ${rows}}}`, UNSIGNED)],
    ['records', await cast('x.json', `{"dataframe_records": [${records}]}`, signature)],
    ['lines', await cast('x.ndjson', records.join('\n'), signature)],
  ];
  const fields = cells.map((cell) => (cell.startsWith('"') ? `"${JSON.parse(cell).replaceAll('"', '""')}"` : cell));
  const csv = await cast('x.csv', `x\n${fields.join('\n')}\n`, signature);
  if (signature.inputs?.kind === 'columns') found.push(['CSV', csv]);
  else assert.equal(csv.ok ? '' : csv.findings[0]?.code, 'SCHEMA_FORM_CANNOT_CARRY');
  return found;
}

const BAD: Readonly<Record<string, readonly string[]>> = {
  float: ['true', '"1"', 'null', '1e400'],
  float32: ['3.5e38'],
  float16: ['65520', '1e5'],
  int: ['1.5', 'true', '"1"', 'null'],
  bool: ['1', '0', '"true"', 'null'],
  string: ['1', 'true', 'null', '"a\\u0000b"', '"\\ud800"'],
};

/** One beyond what the type can hold, below and above. */
function beyond(type: string): string[] {
  const bits = BigInt(type.match(/\d+$/)?.[0] ?? 0);
  if (type.startsWith('uint')) return ['-1', String(1n << bits)];
  return type.startsWith('int') ? [String(-(1n << (bits - 1n)) - 1n), String(1n << (bits - 1n))] : [];
}

describe('element types', { skip }, () => {
  test('each goes in by every road and comes out as in Python, at every rank, and so do its golden and its example', async () => {
    assert.equal(truths.length, 13 * 4);
    for (const truth of truths) {
      const { type, rank } = truth;
      const { model, signature } = await openFile(`${type}-${rank}.onnx`);
      const expected = values(parseJson(truth.answer), type);
      assert.deepEqual(model.compare(signature), [], `${type}, rank ${rank}`);
      for (const [road, result] of await roads(truth, signature)) {
        const where = `${type}, rank ${rank}, ${road}`;
        const answer = await model.predict(tableOf(result)).catch((error) => assert.fail(`${where}: ${error}`));
        assert.deepEqual(await printed(answer, type), expected, where);
        const golden = parseGolden(formatGolden(goldenOf(answer)));
        assert.equal(compareWithGolden(answer, golden, 0).total, 0, `${where}, golden`);
        const example = exampleOfJson(parseJson(`{"inputs": ${truth.rows}}`))!;
        const { stored } = await castExample(world, example, signature, 'strict');
        const again = exampleOfJson(parseJson(formatInputExample(stored)['input_example.json']))!;
        const { table } = await castExample(world, again, signature, 'strict');
        assert.deepEqual(await printed(await model.predict(table), type), expected, `${where}, example`);
      }
      await model.close();
    }
  });

  test('a value that the type cannot hold is refused, with a signature and without one', async () => {
    for (const { type } of truths.filter(({ rank }) => rank === 2)) {
      const { model, signature } = await openFile(`${type}-2.onnx`);
      const bad = [...(BAD[type.replace(/^u?(int|float)\d+$/, '$1')] ?? []), ...(BAD[type] ?? []), ...beyond(type)];
      const good = type === 'string' ? '""' : type === 'bool' ? 'true' : '0';
      for (const value of new Set(bad)) {
        const rows = `[[${good}, ${good}, ${good}], [${good}, ${value}, ${good}]]`;
        const strict = await cast('x.json', `{"inputs": ${rows}}`, signature);
        assert.equal(strict.ok, false, `${type} ${value}`);
        const line = await cast('x.ndjson', `{"x": [${good}, ${value}, ${good}]}`, signature);
        assert.equal(line.ok, false, `${type} ${value}, as a line`);
        const free = await cast('x.json', `{"inputs": {"x": ${rows}}}`, UNSIGNED);
        if (!free.ok) continue;
        await assert.rejects(model.predict(free.table), (error) => {
          assert.ok(error instanceof MlctlError && error.code === 'DATA_INVALID', `${type} ${value}: ${error}`);
          assert.match(error.message, /the input "x" takes .*, but row 1 holds /);
          return true;
        });
      }
      await model.close();
    }
  });

  test('inputs and outputs that are not such tensors are refused when the model is opened', async () => {
    const odd = readdirSync(folder).filter((name) => name.startsWith('odd-'));
    assert.equal(odd.length, 8);
    for (const name of odd) {
      await assert.rejects(openFile(name), (error) => {
        assert.ok(error instanceof MlctlError && error.exitCode === 7, `${name}: ${error}`);
        assert.match(error.message, new RegExp(`put "odd" is .*${name.slice(4, -5)}.*, which mlctl cannot`));
        return true;
      });
    }
  });
});
