// Well-formed models whose values lie: what they ask of time and memory is bounded by what their file holds.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { cellsOf, columnsOf } from '../../src/estimators/cells.js';
import type { Part } from '../../src/estimators/fitted.js';
import type { Frame } from '../../src/estimators/frame.js';
import { frameOfCsr } from '../../src/estimators/frame-of-matrix.js';
import { PARTS } from '../../src/estimators/parts.js';
import { withinTime } from '../../src/inference/within-time.js';
import { readEstimator } from '../../src/python/read-estimator.js';
import { refuseExpansion } from '../../src/python/refuse-expansion.js';
import type { Saved, SavedArray, SavedObject } from '../../src/python/saved.js';
import { cpuMs } from '../support/longest-part.js';

const refused = (work: () => unknown, code: string): void => {
  const start = cpuMs();
  assert.throws(work, (error) => error instanceof MlctlError && error.code === code && error.exitCode === 7);
  assert.ok(cpuMs() - start < 5000);
};

describe('time', () => {
  const slow: [string, () => unknown][] = [
    ['alternatives inside a repeated group', () => 'a'.repeat(60).match(/(?:a|a)*x/u)],
    ['many optional letters', () => 'a'.repeat(40).match(new RegExp(`${'a?'.repeat(40)}${'a'.repeat(40)}b`, 'u'))],
    [
      'a loop',
      () => {
        for (;;);
      },
    ],
  ];
  for (const [name, work] of slow)
    test(`${name} is interrupted, and a quick call after it is not`, () => {
      const inTime = withinTime(1000, 300);
      // So many rows have so large an allowance that something is left of it, however late a busy machine interrupts.
      refused(() => inTime(10_000, work), 'MODEL_TIMEOUT');
      assert.equal(
        inTime(1, () => 1),
        1,
      );
    });

  test('all calls together have one allowance', () => {
    const inTime = withinTime(1000, null);
    refused(() => inTime(1, slow[0]![1]), 'MODEL_TIMEOUT');
    const start = cpuMs();
    refused(() => inTime(1, slow[0]![1]), 'MODEL_TIMEOUT');
    assert.ok(cpuMs() - start < 500);
  });

  test('errors of the work are passed on, and what is too large is said', () => {
    const inTime = withinTime(1000, null);
    assert.throws(
      () =>
        inTime(1, () => {
          throw new TypeError('own');
        }),
      TypeError,
    );
    refused(() => inTime(1, () => new Float64Array(2 ** 40)), 'MODEL_FAILED');
  });
});

describe('memory', () => {
  test('a wide matrix is made for few rows only; a narrow one for any number', () => {
    assert.equal(cellsOf(1_000_000, 4096, 'step'), 4_096_000_000);
    assert.equal(cellsOf(1, 2 ** 25, 'step'), 2 ** 25);
    refused(() => cellsOf(3, 2 ** 24, 'step'), 'MODEL_UNSUPPORTED');
    refused(() => columnsOf(1, 2 ** 20 + 1, 'step'), 'MODEL_UNSUPPORTED');
  });

  const wide = (width: number): Frame =>
    frameOfCsr(3, {
      width,
      indptr: Int32Array.of(0, 1, 1, 1),
      indices: Int32Array.of(5),
      data: Float64Array.of(1),
    });
  const width = 2 ** 31 - 1;
  const fitted = { featuresIn: { count: width }, dtype: 'float64' } as const;
  const steps: [string, object][] = [
    ['Binarizer', { threshold: -1 }],
    ['Binarizer', { threshold: 0.5 }],
    ['AdditiveChi2Sampler', { sample_steps: 3, sample_interval: 1 }],
  ];
  for (const [kind, parameters] of steps)
    test(`${kind} ${JSON.stringify(parameters)} does not fill two billion columns`, () => {
      refused(
        () => PARTS.transform({ kind, ...fitted, ...parameters } as unknown as Part, wide(width)),
        'MODEL_UNSUPPORTED',
      );
    });
});

describe('what is shared', () => {
  const numbers = (length: number): SavedArray => ({
    type: 'array',
    dtype: { kind: 'f', size: 8 },
    shape: [length],
    values: new Float64Array(length),
    fields: null,
  });
  const list = (...items: Saved[]): Saved => ({ type: 'list', items });

  test('a few numbers at very many places are refused; a few times is honest', () => {
    const shared = numbers(100_000);
    refuseExpansion(list(...Array.from({ length: 100 }, () => shared)));
    refused(() => refuseExpansion(list(...Array.from({ length: 2000 }, () => shared))), 'MODEL_HOSTILE');
  });

  test('lists of lists that hold the same twice', () => {
    let value: Saved = list('x');
    for (let level = 0; level < 60; level++) value = list(value, value);
    refused(() => refuseExpansion(value), 'MODEL_HOSTILE');
  });

  test('an estimator inside itself', () => {
    const items: Saved[] = [];
    const pipeline: SavedObject = {
      type: 'object',
      module: 'sklearn.pipeline',
      name: 'Pipeline',
      args: [],
      state: { type: 'dict', entries: [['steps', { type: 'list', items }]] },
    };
    items.push({ type: 'tuple', items: ['a', pipeline] }, { type: 'tuple', items: ['b', pipeline] });
    refused(() => readEstimator(pipeline), 'MODEL_HOSTILE');
  });
});
