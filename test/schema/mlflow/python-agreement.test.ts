// Python itself on generated texts: JSON, numbers, dates, reprs, base64, CSV and arrays are read and written the same.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { USUAL_DIALECT } from '../../../src/data/csv/dialect.js';
import { JsonSyntaxError, parseJson } from '../../../src/data/json.js';
import { decodeBase64 } from '../../../src/schema/mlflow/decode-base64.js';
import { PyFailure } from '../../../src/schema/mlflow/failure.js';
import { npArray } from '../../../src/schema/mlflow/numpy/numpy-array.js';
import { parseNumpyDate } from '../../../src/schema/mlflow/numpy/numpy-datetime.js';
import { reprFloat } from '../../../src/schema/mlflow/python/python-float.js';
import { parsePythonInt, readPythonFloat } from '../../../src/schema/mlflow/python/python-number.js';
import { pyStr, reprString } from '../../../src/schema/mlflow/python/python-repr.js';
import type { PyValue } from '../../../src/schema/mlflow/python/python-value.js';
import { readCsv } from '../../../src/schema/mlflow/wire/read-csv.js';
import { parseSignature } from '../../../src/schema/parse-signature.js';
import { scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';

const PROGRAM = `
import base64, io, json, sys, warnings
import numpy as np, pandas as pd
warnings.simplefilter('ignore'); np.seterr(all='ignore')
d = json.load(open(sys.argv[1]))
def attempt(f, x):
    try: return f(x)
    except Exception as e: return {'error': type(e).__name__}
def read(s):
    try: json.loads(s); return 'read'
    except json.JSONDecodeError as e: return str(e)
def date(s):
    v = np.datetime64(s)
    return 'NaT' if np.isnat(v) else [np.datetime_data(v.dtype)[0], str(int(v.astype('int64')))]
def cell(x): return None if x is None or x != x else str(x) if isinstance(x, (bool, np.bool_)) or not isinstance(x, (float, np.floating)) else repr(float(x))
def table(s, **how):
    f = pd.read_csv(io.StringIO(s), **how, dtype={'a': np.dtype('int64'), 'b': np.dtype('float64'), 'c': object})
    return [[f.columns[i], [cell(x) for x in f.iloc[:, i].tolist()]] for i in range(f.shape[1])]
def big(v): return int(v['i']) if isinstance(v, dict) else [big(x) for x in v] if isinstance(v, list) else v
def array(v):
    a = np.array(big(v)); return [list(a.shape), a.dtype.kind, str(a)]
out = {'json': [read(s) for s in d['json']], 'dates': [attempt(date, s) for s in d['dates']], 'floats': [repr(float(s)) for s in d['floats']],
 'texts': [repr(s) for s in d['texts']], 'base64': [attempt(lambda s: base64.decodebytes(s.encode()).hex(), s) for s in d['base64']],
 'ints': [attempt(lambda s: str(int(s)), s) for s in d['numbers']], 'reals': [attempt(lambda s: repr(float(s)), s) for s in d['numbers']],
 'csv': [attempt(table, s) for s in d['csv']], 'tsv': [attempt(lambda s: table(s, sep='\\t'), s) for s in d['tsv']],
 'german': [attempt(lambda s: table(s, sep=';', decimal=',', quotechar="'", na_values=['?', '-']), s) for s in d['german']], 'arrays': [attempt(array, v) for v in d['arrays']]}
print(json.dumps(out))
`;

/** The same texts in every run. */
function generator(): {
  pick: <T>(items: readonly T[]) => T;
  text: (parts: readonly string[], most: number) => string;
  chance: () => number;
} {
  let state = 20_240_131;
  const chance = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const pick = <T>(items: readonly T[]): T => items[Math.floor(chance() * items.length)]!;
  const text = (parts: readonly string[], most: number) =>
    Array.from({ length: Math.floor(chance() * most) }, () => pick(parts)).join('');
  return { pick, text, chance };
}

function samples() {
  const { pick, text, chance } = generator();
  const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  const json = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '\\',
    '1',
    '-',
    '0',
    '.5',
    'e',
    'E+',
    'NaN',
    '-Infinity',
    'null',
    'true',
    'fals',
    ' ',
    '\n',
    '"\\u12"',
    '\u0001',
    '"é😀"',
  ];
  const dates = [
    '2024',
    '-',
    '01',
    '13',
    '31',
    'T',
    ' ',
    ':',
    '12',
    '60',
    '.',
    '123',
    'Z',
    '+',
    '09',
    '5',
    'a',
    '-05:30',
    '2',
    '0',
  ];
  const letters = ["'", '"', '\\', '\n', '\x7f', '\u00a0', '\u200b', 'é', '😀', 'a', '\0', '\u2028', '\x85', '\x1b'];
  const base64 = ['A', 'b', '/', '+', '=', '==', '-', '\n', ' ', 'é', '9', 'Z'];
  const numbers = ['1', '0', '9', '_', '.', 'e', '-', '+', ' ', '\n', 'inf', 'nan', '٣', 'x', '\u00a0', '\x1c', '5'];
  const fields = [
    'a',
    'b',
    '1',
    '2.5',
    '-3',
    '"x,y"',
    '"q""r"',
    '"',
    '',
    ' ',
    'NA',
    'nan',
    'True',
    'FALSE',
    'é',
    '1e5',
    '007',
    'x"y',
    '\t',
    '9223372036854775808',
    '1_0',
    '"un',
  ];
  const german = [
    '1,5',
    '1.5',
    ',5',
    '-2,',
    '3',
    '1,5e3',
    '?',
    '-',
    "'a;b'",
    "'it''s'",
    '"',
    '1.234,5',
    '',
    'x',
    ' 2,5',
  ];
  const csv = (delimiter: string, fields: readonly string[]) => {
    const width = 1 + Math.floor(chance() * 3);
    const row = (k: number) =>
      many(chance() < 0.15 ? width + Math.floor(chance() * 3) - 1 : width, () =>
        k === 0 ? pick(['a', 'b', 'c', '', 'd']) : pick(fields),
      ).join(delimiter);
    const rows = Array.from({ length: 1 + Math.floor(chance() * 4) }, (_, k) => row(k));
    return rows.join(pick(['\n', '\n', '\r\n', '\r', '\n\n', '\n \n'])) + (chance() < 0.7 ? '\n' : '');
  };
  const element = (): PyValue => {
    const kind = chance();
    if (kind < 0.25) return BigInt(Math.floor(chance() * 5));
    if (kind < 0.35) return 2n ** 63n;
    if (kind < 0.5) return Math.floor(chance() * 1000) + pick([0.5, 0.25, 0.1]);
    if (kind < 0.6) return chance() < 0.5;
    if (kind < 0.75) return `s${Math.floor(chance() * 9)}`;
    return kind < 0.82 ? null : many(Math.floor(chance() * 3), element);
  };
  return {
    json: many(1500, () => text(json, 9)),
    dates: many(1500, () => (chance() < 0.5 ? text(dates, 12) : `2024-01-31${pick(['T', ' ', ''])}${text(dates, 8)}`)),
    floats: many(800, () => (chance() - 0.5) * 10 ** Math.floor(chance() * 40 - 20)),
    texts: many(500, () => text(letters, 6)),
    base64: many(800, () => text(base64, 10)),
    numbers: many(1200, () => text(numbers, 6)),
    csv: many(1000, () => csv(',', fields)),
    arrays: many(800, () => many(Math.floor(chance() * 4), element)),
    tsv: many(1000, () => csv('\t', fields)),
    german: many(1000, () => csv(';', german)),
  };
}

const plain = (value: PyValue): unknown =>
  typeof value === 'bigint' ? { i: String(value) } : Array.isArray(value) ? value.map(plain) : value;

/** The answer, or that there is none. */
function attempt<T>(make: () => T): T | 'refused' {
  try {
    return make();
  } catch (error) {
    if (error instanceof PyFailure) return 'refused';
    throw error;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: Python's answers are JSON.
const given = (answer: any): any =>
  answer !== null && typeof answer === 'object' && 'error' in answer ? 'refused' : answer;

describe('Python reads and writes the same', () => {
  const made = samples();
  const environment = pythonOf('mlflow318');
  // biome-ignore lint/suspicious/noExplicitAny: Python's answers are JSON.
  let answers: any;
  before(() => {
    if ('skip' in environment) return;
    const file = join(scratch(), 'samples.json');
    writeFileSync(file, JSON.stringify({ ...made, floats: made.floats.map(String), arrays: made.arrays.map(plain) }));
    const run = runPython(environment.python, PROGRAM, [file]);
    assert.equal(run.status, 0, run.stderr);
    answers = JSON.parse(run.stdout);
  });

  const compare = (name: string, check: () => void) =>
    test(name, (t) => ('skip' in environment ? t.skip(environment.skip) : check()));

  compare('JSON, with the place and words of errors', () => {
    for (const [i, text] of made.json.entries()) {
      let got = 'read';
      try {
        parseJson(text, { python: true });
      } catch (error) {
        if (!(error instanceof JsonSyntaxError)) throw error;
        got = error.pythonMessage;
      }
      assert.equal(got, answers.json[i], JSON.stringify(text));
    }
  });

  compare('dates as numpy reads them', () => {
    for (const [i, text] of made.dates.entries()) {
      const date = parseNumpyDate(text);
      const got = date === null ? 'refused' : date.count === null ? 'NaT' : [date.unit, String(date.count)];
      assert.deepEqual(got, given(answers.dates[i]), JSON.stringify(text));
    }
  });

  compare('floats and texts as repr prints them', () => {
    for (const [i, value] of made.floats.entries()) assert.equal(reprFloat(value), answers.floats[i]);
    for (const [i, text] of made.texts.entries()) assert.equal(reprString(text), answers.texts[i]);
  });

  compare('numbers from text, base64', () => {
    for (const [i, text] of made.numbers.entries()) {
      assert.equal(
        attempt(() => String(parsePythonInt(text))),
        given(answers.ints[i]),
        JSON.stringify(text),
      );
      const real = readPythonFloat(text);
      assert.equal(real === null ? 'refused' : reprFloat(real), given(answers.reals[i]), JSON.stringify(text));
    }
    for (const [i, text] of made.base64.entries())
      assert.equal(
        attempt(() => Buffer.from(decodeBase64(text)).toString('hex')),
        given(answers.base64[i]),
        JSON.stringify(text),
      );
  });

  compare('CSV of any dialect with the types of a signature', () => {
    const schema = parseSignature({
      inputs: '[{"type":"long","name":"a"},{"type":"double","name":"b"},{"type":"string","name":"c"}]',
    })!.inputs;
    const cell = (value: PyValue) => {
      if (value === null || Number.isNaN(value)) return null;
      return typeof value === 'number' ? reprFloat(value) : pyStr(value);
    };
    for (const [key, dialect] of [
      ['csv', {}],
      ['tsv', { delimiter: '\t' }],
      ['german', { delimiter: ';', decimal: ',', quote: "'", missingValues: ['?', '-'] }],
    ] as const)
      for (const [i, text] of made[key].entries()) {
        const got = attempt(() =>
          readCsv(Buffer.from(text), schema, { ...USUAL_DIALECT, ...dialect }).columns.map(({ name, data }) => [
            name,
            data.map(cell),
          ]),
        );
        assert.deepEqual(got, given(answers[key][i]), JSON.stringify([key, text]));
      }
  });

  compare('arrays from nested lists', () => {
    const kinds: Readonly<Record<string, string>> = {
      str: 'U',
      object: 'O',
      bool: 'b',
      int64: 'i',
      uint64: 'u',
      float64: 'f',
    };
    for (const [i, value] of made.arrays.entries()) {
      const got = attempt(() => {
        const array = npArray(value);
        return [[...array.shape], kinds[array.dtype], pyStr(array)];
      });
      assert.deepEqual(got, given(answers.arrays[i]), JSON.stringify(plain(value)));
    }
  });
});
