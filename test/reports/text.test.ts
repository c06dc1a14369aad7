import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { formatCsv, formatDouble } from '../../src/data/write/csv.js';
import type { SmokeDocument } from '../../src/documents/smoke.js';
import { formatJunit } from '../../src/reports/junit.js';
import { formatSummary } from '../../src/reports/summary-text.js';

test('doubles read back as the same doubles and always look like floats', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = formatDouble(value);
      assert.ok(Object.is(Number(text), value));
      assert.match(text, /[.e]/);
    }),
  );
  assert.deepEqual([5, -0, 0.1, 1e21, Number.NaN, -Infinity].map(formatDouble), [
    '5.0',
    '-0.0',
    '0.1',
    '1e+21',
    '',
    '-inf',
  ]);
});

test('a table as CSV: exact longs, quotes where needed, missing is empty, a real empty text is quoted', () => {
  const csv = formatCsv({
    rows: 3,
    columns: [
      { name: 'id', type: 'long', values: BigInt64Array.of(9007199254740993n, -1n, 0n) },
      { name: 'a "b", c', type: 'string', values: ['x,y', '', 'say "hi"\nthere'], nulls: Uint8Array.of(0, 0, 0) },
      { name: 'maybe', type: 'double', values: Float64Array.of(1, Number.NaN, 0.5), nulls: Uint8Array.of(0, 1, 0) },
      { name: 'when', type: 'datetime', values: BigInt64Array.of(0n, -1n, 1577934245000000006n) },
      { name: 'ok', type: 'boolean', values: Uint8Array.of(1, 0, 1) },
    ],
  });
  assert.equal(
    csv,
    'id,"a ""b"", c",maybe,when,ok\n' +
      '9007199254740993,"x,y",1.0,1970-01-01 00:00:00,true\n' +
      '-1,"",,1969-12-31 23:59:59.999999999,false\n' +
      '0,"say ""hi""\nthere",0.5,2020-01-02 03:04:05.000000006,true\n',
  );
  assert.equal(
    formatCsv({
      rows: 1,
      columns: [{ name: 'x', type: 'double', values: Float64Array.of(0), nulls: Uint8Array.of(1) }],
    }),
    'x\n""\n',
  );
});

test('the summary holds data, split, pipeline, full metrics, the class table and the matrix', () => {
  const text = formatSummary({
    name: 'logreg_v1',
    data: {
      source: 'iris',
      digest: 'sha256:ab',
      rows: 150,
      features: ['sepal length (cm)', 'x\u001b[31m'],
      target: 'species',
    },
    split: { train: 120, test: 30, testSize: 0.2, randomState: 42, stratify: true },
    pipeline: ['logistic_regression C=1.0 max_iter=200'],
    metrics: new Map([
      ['val_acc', 0.9666666666666667],
      ['val_precision', 0.9696969696969697],
    ]),
    outcome: {
      role: 'classifier',
      classes: [
        { label: 'setosa', precision: 1, recall: 1, f1: 1, support: 10 },
        { label: '日本', precision: 0.9, recall: 1, f1: 0.947368, support: 10 },
      ],
      confusion: {
        labels: ['setosa', '日本'],
        counts: [
          [10, 0],
          [1, 9],
        ],
      },
    },
  });
  assert.match(text, /^logreg_v1\n\nData\n----\nsource {4}iris\n/);
  assert.match(text, /train 120 rows, test 30 rows \(test_size 0\.2, random_state 42, stratified\)/);
  assert.match(text, /\nval_acc {8}0\.9666666666666667\nval_precision {2}0\.9696969696969697 {2}\(macro\)\n/);
  assert.match(
    text,
    /\nclass {3}precision {2}recall {6}f1 {2}support\nsetosa {5}1\.0000 {2}1\.0000 {2}1\.0000 {7}10\n日本 {7}0\.9000/,
  );
  assert.match(text, /\ntrue \\ predicted {2}setosa {2}日本\nsetosa {16}10 {5}0\n日本 {19}1 {5}9\n/);
  assert.ok(!text.includes('\u001b'));
});

const DOCUMENT: SmokeDocument = {
  uri: 'models:/<a>"&b/1',
  resolved: null,
  flavor: null,
  digest: null,
  checks: [
    { name: 'resolve', status: 'pass', message: 'found', hint: null, details: {}, exit_code: 0 },
    { name: 'integrity', status: 'warn', message: 'no digest was recorded', hint: null, details: {}, exit_code: 0 },
    {
      name: 'package',
      status: 'fail',
      message: 'bad \u001b[31m\u0000 <b> ]]> "quoted"',
      hint: 'do\nthis',
      details: { big: 2n ** 60n, nan: Number.NaN, lone: '\ud800' },
      exit_code: 7,
    },
    { name: 'load', status: 'skip', message: 'not reached: package failed', hint: null, details: {}, exit_code: 0 },
  ],
  predictions: [],
  started: '2026-01-02T03:04:05.678Z',
  elapsed_ms: 1234.5678,
};

test('JUnit: one suite named as the model, one case a check, counts that add up, nothing that breaks XML', () => {
  const xml = formatJunit(DOCUMENT);
  assert.match(
    xml,
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="mlctl smoke" tests="4" failures="1" errors="0" skipped="1" time="1\.235">\n/,
  );
  assert.match(xml, /<testsuite name="models:\/&lt;a&gt;&quot;&amp;b\/1" tests="4"/);
  assert.equal(xml.match(/<testcase /g)?.length, 4);
  assert.match(xml, /<skipped message="not reached: package failed"\/>/);
  assert.match(
    xml,
    /<failure message="bad \\u\{1b\}\[31m\\u\{0\} &lt;b&gt; \]\]&gt; &quot;quoted&quot;" type="package">/,
  );
  assert.match(xml, /hint: do\nthis/);
  assert.match(xml, /&quot;big&quot;: &quot;1152921504606846976&quot;/);
  assert.doesNotMatch(xml, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});
