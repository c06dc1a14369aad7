// The whole road with Object.prototype frozen, and with __proto__ made to throw: nothing leans on either, whatever columns are called.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cleanEnvironment } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
const rows = Array.from({ length: 40 }, (_, i) =>
  [...NAMES.map((_name, k) => Math.sin(i * (k + 1)).toFixed(3)), i % 2 === 0 ? '__proto__' : 'constructor'].join(','),
);

const HARDENED: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  '--disable-proto=throw': ['--disable-proto=throw'],
  'frozen Object.prototype': ['--import', 'data:text/javascript,Object.freeze(Object.prototype)'],
};

const digests = new Set<string>();
for (const [name, flags] of Object.entries(HARDENED))
  test(`train, smoke and predict over columns and classes of such names: ${name}`, () => {
    const cwd = scratch('mlctl-prototypes-');
    writeFileSync(join(cwd, 'data.csv'), `${NAMES.join(',')},valueOf\n${rows.join('\n')}\n`);
    writeFileSync(join(cwd, 'rows.csv'), `${NAMES.join(',')}\n${rows[0]!.split(',').slice(0, -1).join(',')}\n`);
    const mlctl = (...args: string[]) => {
      const done = spawnSync(process.execPath, [...flags, BIN, ...args, '--json'], {
        cwd,
        encoding: 'utf8',
        env: cleanEnvironment(),
      });
      assert.equal(done.status, 0, done.stdout + done.stderr);
      return JSON.parse(done.stdout);
    };
    const trained = mlctl(
      'train',
      '--data',
      'data.csv',
      '--target',
      'valueOf',
      '--register=constructor',
      '--tag',
      '__proto__=x',
    );
    assert.deepEqual(
      trained.signature.inputs.map((column: { name: string }) => column.name),
      NAMES,
    );
    digests.add(trained.digest.payload);
    const smoked = mlctl('smoke', 'models:/constructor/1');
    assert.deepEqual(
      smoked.checks.filter(({ status }: { status: string }) => status === 'fail'),
      [],
    );
    const { predictions } = mlctl('predict', 'models:/constructor/1', '-i', 'rows.csv');
    assert.deepEqual(Object.keys(predictions[0]), ['label', 'probability___proto__', 'probability_constructor']);
  });

test('the payload is the same each time', () => assert.equal(digests.size, 1));
