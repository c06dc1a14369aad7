// Strict mode on every recorded request of fixtures/schema-cases: each verdict with its reasons is the recorded one, and what both modes
// accept becomes the same table.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CastResult, EnforcementMode } from '../../../src/schema/cast-types.js';
import { parseSignature } from '../../../src/schema/parse-signature.js';
import type { Signature } from '../../../src/schema/types.js';
import { castRequest } from '../../../src/scoring/cast-request.js';
import { snapshot } from '../../support/cli.js';
import { FIXTURES } from '../../support/paths.js';
import { plainValue } from '../../support/plain-value.js';

interface Case {
  readonly id: string;
  readonly sig: Parameters<typeof parseSignature>[0] | null;
  readonly ct: string | null;
  readonly body?: string;
  readonly body_b64?: string;
}

const folder = join(FIXTURES, 'schema-cases');
const cases = ['directed.jsonl', 'wire.jsonl'].flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case),
);

const signatureOf = ({ sig }: Case): Signature =>
  (sig === null ? null : parseSignature(sig)) ?? { inputs: null, outputs: null, params: null };

function cast(one: Case, mode: EnforcementMode): Promise<CastResult> {
  const { ct, body, body_b64 } = one;
  const bytes = Buffer.from(body ?? body_b64!, body === undefined ? 'base64' : 'utf8');
  return castRequest(ct, bytes, signatureOf(one), mode);
}

function lineOf(id: string, result: CastResult): string[] {
  if (!result.ok) {
    const more = result.total > result.findings.length ? [`${id}   … ${result.total} in all`] : [];
    return [
      ...result.findings.map(({ code, row, column, found, expected, suggestion, message }) =>
        [`${id} refused: ${code}`, JSON.stringify({ row, column, found, expected, suggestion }), message].join(' '),
      ),
      ...more,
    ];
  }
  const columns = result.table.columns.map((column) => JSON.stringify(column, plainValue));
  const params = result.params === null ? [] : [`${id}   params ${JSON.stringify(result.params, plainValue)}`];
  return [
    `${id} accepted: ${result.table.rows} rows ${columns.join(' ')}`,
    ...params,
    ...result.warnings.map((text) => `${id}   warns: ${text}`),
  ];
}

test('every verdict of strict mode is the recorded one, with its reasons, values and warnings', async () => {
  const lines: string[] = [];
  for (const one of cases) lines.push(...lineOf(one.id, await cast(one, 'strict')));
  const text = `${lines.join('\n')}\n`;
  assert.equal(text, snapshot(join(folder, 'strict.txt'), text));
});

test('scalar columns that both modes accept become the same table', async () => {
  let both = 0;
  for (const one of cases) {
    const strict = await cast(one, 'strict');
    const mlflow = await cast(one, 'mlflow');
    if (signatureOf(one).inputs === null || !strict.ok || !mlflow.ok) continue;
    // Nested values and any are read by other rules, and MLflow takes the names of the data where the signature has none.
    if (strict.table.columns.some(({ type }) => type === 'object')) continue;
    both += 1;
    const unnamed = strict.table.columns.every(({ name }, i) => name === String(i));
    const shown = ({ table }: typeof strict) =>
      JSON.stringify(
        table.columns.map((column) => (unnamed ? { ...column, name: '' } : column)),
        plainValue,
      );
    assert.equal(shown(strict), shown(mlflow), one.id);
  }
  assert.ok(both > 50, `${both} accepted by both`);
});

test('without a signature every row is there, whatever is in it', async () => {
  const none: Signature = { inputs: null, outputs: null, params: null };
  const tableOf = async (body: string) => {
    const found = await castRequest('application/json', Buffer.from(body), none, 'strict');
    assert.ok(found.ok, body);
    assert.deepEqual(found.warnings, ['the model has no input signature: nothing was checked']);
    return [found.table.rows, ...found.table.columns.map(({ name, type, values }) => [name, type, [...values]])];
  };
  const lines: [string, unknown[]][] = [
    [
      '{"dataframe_records":[{"a":1},{"a":Infinity},{"b":"x"}]}',
      [3, ['a', 'object', [1, Number.POSITIVE_INFINITY, null]], ['b', 'object', [null, null, 'x']]],
    ],
    [
      '{"dataframe_records":[{"a":1,"b":true},{"b":false,"a":2}]}',
      [2, ['a', 'object', [1, 2]], ['b', 'object', [true, false]]],
    ],
    [
      '{"dataframe_split":{"columns":["a","b"],"data":[[1,"x"],[NaN,"y"]]}}',
      [2, ['a', 'object', [1, Number.NaN]], ['b', 'object', ['x', 'y']]],
    ],
    ['{"dataframe_split":{"data":[[1,null]]}}', [1, ['0', 'object', [1]], ['1', 'object', [null]]]],
    ['{"inputs":{"a":[1,2,3],"b":[[1],[2],[3]]}}', [3, ['a', 'object', [1, 2, 3]], ['b', 'object', [[1], [2], [3]]]]],
    ['{"inputs":{"a":1,"b":[1,2]}}', [1, ['a', 'object', [1]], ['b', 'object', [[1, 2]]]]],
    [
      '{"instances":[[1,2],[3,4]]}',
      [
        2,
        [
          '0',
          'object',
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
    ],
    ['{"inputs":7}', [1, ['0', 'object', [7]]]],
  ];
  for (const [body, wanted] of lines) assert.deepEqual(await tableOf(body), wanted, body);
  for (const body of ['{"inputs":[[1,2],[3]]}', '{"inputs":{"a":[[1],[2,3]]}}']) {
    const found = await castRequest('application/json', Buffer.from(body), none, 'strict');
    assert.ok(!found.ok, body);
    assert.deepEqual(
      found.findings.map(({ code }) => code),
      ['SCHEMA_RAGGED'],
    );
  }
});
