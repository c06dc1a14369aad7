// Pickles that attack their reader are refused by name and place, quickly and in little memory, and nothing in them runs.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { MlctlError } from '../../../src/errors/error.js';
import { isSupportName } from '../../../src/python/is-support-name.js';
import { readPickle } from '../../../src/python/pickle/read-pickle.js';
import type { Saved } from '../../../src/python/saved.js';
import { FIXTURES } from '../../support/paths.js';

interface Recorded {
  readonly base64: string;
  readonly code?: string;
  readonly place?: string;
  readonly found?: string;
  /** Plain data that harms nobody until a model is made of it: the reader of estimators has the last word. */
  readonly reads?: string;
}

const FILES: Record<string, Recorded> = JSON.parse(
  readFileSync(join(FIXTURES, 'python', 'hostile-pickles.json'), 'utf8'),
);
const ESTIMATORS = new Set([
  'sklearn.linear_model._logistic.LogisticRegression',
  'sklearn.pipeline.Pipeline',
  'sklearn.preprocessing._data.StandardScaler',
  'sklearn.preprocessing._function_transformer.FunctionTransformer',
  'sklearn.tree._classes.DecisionTreeClassifier',
]);
const isKnown = (module: string, name: string) => isSupportName(module, name) || ESTIMATORS.has(`${module}.${name}`);

function refusal(bytes: Uint8Array, known = isKnown): MlctlError {
  try {
    readPickle(bytes, known);
  } catch (error) {
    if (error instanceof MlctlError) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'it was read' });
}

function watched<T>(work: () => T): T {
  const before = process.memoryUsage();
  const start = process.cpuUsage();
  try {
    return work();
  } finally {
    const used = process.memoryUsage();
    assert.ok(process.cpuUsage(start).user < 2_000_000, 'within two seconds');
    const grown = used.heapUsed + used.external - before.heapUsed - before.external;
    assert.ok(grown < 100 << 20, `${grown} bytes more in use`);
  }
}

const nameOf = (value: Saved) =>
  typeof value === 'object' && value !== null && 'type' in value
    ? [value.type, ...('name' in value ? [value.name] : [])].join(' ')
    : typeof value;

describe('a hostile pickle', () => {
  const folder = readdirSync(process.cwd());
  after(() => assert.deepEqual(readdirSync(process.cwd()), folder, 'no file was made'));

  for (const [file, { base64, code, place, found, reads }] of Object.entries(FILES))
    test(`${file}: ${code ?? `plain data, ${reads}`}`, () => {
      const bytes = Buffer.from(base64, 'base64');
      if (reads !== undefined) return assert.equal(nameOf(watched(() => readPickle(bytes, isKnown))), reads);
      const error = watched(() => refusal(bytes));
      assert.deepEqual([error.code, error.details['place'], error.details['found']], [code, place, found]);
      assert.equal(error.exitCode, 7);
      assert.ok(error.hint);
    });

  test('100,000 lists inside each other', () => {
    const lists = Buffer.concat([Buffer.alloc(100_000, ']'), Buffer.alloc(99_999, 'a'), Buffer.from('.')]);
    assert.equal(watched(() => refusal(lists)).details['found'], 'objects inside objects');
  });

  test('200,000 marks', () => {
    assert.equal(watched(() => refusal(Buffer.alloc(200_000, '('))).details['found'], 'MARK inside MARK');
  });

  test('an int of 480,000 bits', () => {
    const int = Buffer.concat([Buffer.from([0x8b, 0x60, 0xea, 0, 0]), Buffer.alloc(60_000, 1), Buffer.from('.')]);
    assert.equal(watched(() => refusal(int)).details['found'], 'an int of 60000 bytes');
  });
});

describe('what a hostile pickle names', () => {
  test('is only data, if the caller knows the name: nothing is called', () => {
    for (const [file, { base64 }] of Object.entries(FILES)) {
      if (!/^a|reduce_os|resolve|getattr|setstate|newobj|pop_hide|stack_global/.test(file)) continue;
      watched(() => {
        try {
          readPickle(Buffer.from(base64, 'base64'), () => true);
        } catch (error) {
          assert.ok(error instanceof MlctlError, file);
        }
      });
    }
    assert.ok(!('polluted' in {}));
  });

  test('is known by its whole name: no beginning of a module, no dots, no other letters', () => {
    const ask = (module: string, name: string) => refusal(Buffer.from(`c${module}\n${name}\n.`)).details['found'];
    for (const [module, name] of [
      ['numpy', 'ndarray.__class__'],
      ['numpy.ndarray', '__class__'],
      ['numpy.', 'ndarray'],
      ['Numpy', 'ndarray'],
      ['numpy', 'Ndarray'],
      ['numpy', 'ndarray '],
      ['numpy', ''],
      ['', 'ndarray'],
      ['numpy.lib', 'ndarray'],
      ['numpy', 'load'],
      ['numpy._core.multiarray._reconstruct', ''],
      ['numpy._core', 'multiarray._reconstruct'],
      ['__proto__', 'constructor'],
      ['constructor', 'prototype'],
      ['builtins', 'toString'],
      ['__builtin__', 'getattr'],
      ['copy_reg', '__newobj__'],
    ] as const)
      assert.equal(ask(module, name), `${module}.${name}`);
  });

  test('stands at a place that the error tells', () => {
    const places = Object.values(FILES).map(({ place }) => place ?? '');
    assert.ok(places.some((place) => place.startsWith('Pipeline.steps > LogisticRegression.n_iter_, ')));
    assert.ok(places.some((place) => place.startsWith('Pipeline.steps > FunctionTransformer.func, ')));
  });
});
