// What a pickle may cost has limits, whatever it says of itself; each limit is tried with a file that just keeps it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { MlctlError } from '../../../src/errors/error.js';
import { isSupportName } from '../../../src/python/is-support-name.js';
import type { ReadLimits } from '../../../src/python/limits.js';
import { PICKLE_LIMITS, readPickle } from '../../../src/python/pickle/read-pickle.js';
import { assertGrowsWithInput } from '../../support/growth.js';

const bytesOf = (...parts: (string | Uint8Array)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

function found(bytes: Uint8Array, limits: Partial<ReadLimits> = {}): unknown {
  try {
    readPickle(bytes, isSupportName, { ...PICKLE_LIMITS, ...limits });
  } catch (error) {
    if (error instanceof MlctlError) return error.details['found'];
    throw error;
  }
  return 'nothing';
}

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const dtype = (text: string, state = 'NNNI-1\nI-1\nI0\n') =>
  `cnumpy\ndtype\n(V${text}\nI00\nI01\ntR(I3\nV<\n${state}tb`;
const records = (size: number, ...fields: [name: string, dtype: string, offset: number][]) =>
  dtype(
    `V${size}`,
    `N(${fields.map(([name]) => `V${name}\n`).join('')}t(${fields
      .map(([name, of, offset]) => `V${name}\n(${of}I${offset}\nt`)
      .join('')}dI${size}\nI1\nI0\n`,
  );
const array = (of: string, shape: string, data: string | Uint8Array, order = 'I00\n') =>
  bytesOf(
    `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntC\x01btR(I1\n(${shape}t${of}${order}`,
    typeof data === 'string' ? data : bytesOf('B', uint32(data.length), data),
    'tb',
  );

describe('a limit', () => {
  test('on the size of the file', () => {
    assert.equal(found(bytesOf('N.'), { fileBytes: 1 }), '2 bytes');
    assert.equal(found(bytesOf('N.'), { fileBytes: 2 }), 'nothing');
    assert.equal(found(new Uint8Array(0)), 'an empty file');
  });

  test('on the number of values', () => {
    const lists = bytesOf('(', ']'.repeat(100), 't.');
    assert.equal(found(lists, { values: 1300 }), 'nothing');
    assert.equal(found(lists, { values: 1000 }), 'too many values');
    const numbers = bytesOf('(', 'N'.repeat(1000), 't.');
    assert.equal(found(numbers, { values: 2100 }), 'nothing');
    assert.equal(found(numbers, { values: 1000 }), 'too many values');
  });

  test('on the memory that many small values take', () => {
    // In processes of their own, because what one leaves behind would count for the next.
    const module = JSON.stringify(new URL('../../../src/python/pickle/read-pickle.js', import.meta.url).href);
    for (const text of ['}', 'N\x94', 'N']) {
      const program = `import { readPickle } from ${module};
        const bytes = Buffer.alloc(30_000_000, ${JSON.stringify(text)}, 'latin1');
        try { readPickle(bytes, () => false); } catch (error) { console.log(error.details.found); }
        console.log(process.resourceUsage().maxRSS >> 10);`;
      const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
      const [said, mebibytes] = done.stdout.split('\n');
      assert.equal(said, 'too many values', done.stderr);
      assert.ok(Number(mebibytes) > 0 && Number(mebibytes) < 512, `${mebibytes} MiB`);
    }
  });

  test('on the depth, of values and of marks', () => {
    const nested = (depth: number) => bytesOf('N', '\x85'.repeat(depth), '.');
    assert.equal(found(nested(2000)), 'nothing');
    assert.equal(found(nested(2001)), 'objects inside objects');
    const marks = (depth: number) => bytesOf('('.repeat(depth), 't'.repeat(depth), '.');
    assert.equal(found(marks(2000)), 'nothing');
    assert.equal(found(marks(2001)), 'MARK inside MARK');
  });

  test('on what shared values unfold to', () => {
    const doubled = (times: number) => bytesOf('N', '2\x86'.repeat(times), '.');
    assert.equal(found(doubled(20)), 'nothing');
    assert.equal(found(doubled(25)), 'values that hold the same values again and again');
    assert.equal(found(bytesOf('}(V1\nN', '2\x86'.repeat(12), 'Vkey\nu.')), 'a key without a value');
    assert.equal(found(bytesOf('}(N', '2\x86'.repeat(60), 'Nu.')), 'a tuple of tuples');
  });

  test('on values that hold themselves: only objects may', () => {
    assert.equal(found(bytesOf(']\x94h\0a.')), 'a list that holds itself');
    assert.equal(found(bytesOf('}\x94VK\n(h\0ts.')), 'a dict that holds itself');
    assert.equal(found(bytesOf('csklearn.cluster._birch\n_CFNode\n)\x81\x94}Vnext_leaf_\nh\0sb.')), 'nothing');
    assert.equal(
      found(bytesOf('csklearn.cluster._birch\n_CFNode\n)\x81\x94}Vx\n]\x94h\x01asb.')),
      'a list that holds itself',
    );
  });

  test('on time', () => {
    assert.equal(
      found(bytesOf('N', '0N'.repeat(100_000), '.'), { milliseconds: 0 }),
      'a pickle that is still not read',
    );
  });

  test('on digits', () => {
    assert.equal(found(bytesOf('L', '9'.repeat(4300), '\n.')), 'nothing');
    assert.equal(found(bytesOf('L', '9'.repeat(4302), '\n.')), 'an int of 4302 digits');
    assert.equal(found(bytesOf('\x8b', uint32(1786), Buffer.alloc(1786, 1), '.')), 'nothing');
    assert.equal(found(bytesOf('\x8b', uint32(1787), Buffer.alloc(1787, 1), '.')), 'an int of 1787 bytes');
  });

  test('on bytes that are decoded again and again', () => {
    const data = Buffer.alloc(200_000);
    const text = bytesOf('X', uint32(data.length), data, '\x94c_codecs\nencode\n\x94');
    const again = (times: number) => bytesOf(text, 'h\x01h\0Vlatin1\n\x86R0'.repeat(times), '0.');
    assert.equal(found(again(7)), 'nothing');
    assert.equal(found(again(8)), 'bytes that are used again and again');
  });

  test('on the fields of records, however they are shared', () => {
    const tens = (of: string) =>
      records(0, ...Array.from({ length: 10 }, (_, at): [string, string, number] => [`f${at}`, of, 0]));
    const empty = dtype('V0');
    const shared = (times: number) => {
      let of = `${empty}p0\n`;
      for (let level = 1; level <= times; level += 1) of = `${of}0${tens(`g${level - 1}\n`)}p${level}\n`;
      return bytesOf(of, '.');
    };
    assert.equal(found(shared(2)), 'nothing');
    assert.equal(found(shared(3)), 'records inside records');
    assert.equal(found(shared(30)), 'records inside records');
  });
});

describe('an array', () => {
  const eight = Buffer.alloc(8);

  test('has the bytes that its shape and its dtype need', () => {
    assert.equal(found(bytesOf(array(dtype('f8'), 'I1\n', eight), '.')), 'nothing');
    assert.equal(found(bytesOf(array(dtype('f4'), 'I1\nI2\n', eight, 'I01\n'), '.')), 'nothing');
    for (const [of, shape] of [
      ['f8', 'I2\n'],
      ['f8', 'I-1\n'],
      ['f8', 'I0\n'],
      ['f8', 'L4611686018427387904L\nI4\n'],
      ['f4', 'I1\n'],
      ['U2', 'I2\n'],
      ['V0', 'I5\n'],
    ] as const)
      assert.notEqual(found(bytesOf(array(dtype(of), shape, eight), '.')), 'nothing', `${of} ${shape}`);
  });

  test('of objects has as many as its shape says, in either order', () => {
    const objects = (shape: string, order: string) =>
      bytesOf(array(dtype('O8'), shape, '(I1\nI2\nI3\nI4\nl', order), '.');
    const values = (bytes: Uint8Array) => {
      const read = readPickle(bytes, isSupportName);
      return typeof read === 'object' && read !== null && 'values' in read ? read.values : null;
    };
    assert.deepEqual(values(objects('I2\nI2\n', 'I00\n')), [1n, 2n, 3n, 4n]);
    assert.deepEqual(values(objects('I2\nI2\n', 'I01\n')), [1n, 3n, 2n, 4n]);
    assert.equal(found(objects('I5\n', 'I00\n')), 'the shape (5) with 4 objects');
  });

  test('is filled once, and only by its own state', () => {
    const once = bytesOf(array(dtype('f8'), 'I1\n', eight));
    assert.equal(found(bytesOf(once, '(I1\ntb.')), 'a state for the kind array');
    const state = (text: string) =>
      bytesOf('cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntC\x01btR', text, 'b.');
    for (const text of [
      'N',
      '}',
      '(I1\nt',
      '(I1\nN',
      '(I1\n(I1\ntNI00\nNt',
      `(I1\n(Va\nt${dtype('f8')}I00\nC\0t`,
      `(I1\n(I0\nt${dtype('f8')}NC\0t`,
      `(I1\n(I0\nt${dtype('f8')}I00\nNt`,
      `(I1\n(I0\nt${dtype('x9')}I00\nC\0t`,
    ])
      assert.notEqual(found(state(text)), 'nothing', text);
    assert.equal(
      found(bytesOf('cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nfloat64\n(I0\ntC\x01btR.')),
      'an array of the class numpy.float64',
    );
  });

  test('of records has fields that lie inside of them', () => {
    const two = (offset: number) => records(8, ['a', dtype('i4'), 0], ['b', dtype('i4'), offset]);
    assert.equal(found(bytesOf(array(two(4), 'I1\n', eight), '.')), 'nothing');
    for (const offset of [0, 2, 5, 8, -4])
      assert.notEqual(found(bytesOf(array(two(offset), 'I1\n', eight), '.')), 'nothing');
    assert.notEqual(found(bytesOf(array(records(8, ['a', dtype('O8'), 0]), 'I1\n', eight), '.')), 'nothing');
  });

  test('takes a scalar only of bytes', () => {
    const scalar = (of: string, data: string) => found(bytesOf(`cnumpy.core.multiarray\nscalar\n(${of}`, data, 'tR.'));
    assert.equal(scalar(dtype('i2'), 'C\x02ab'), 'nothing');
    for (const [of, data] of [
      [dtype('O8'), 'N'],
      [dtype('O8'), 'C\x08abcdefgh'],
      [dtype('i2'), 'C\x03abc'],
      ['N', 'C\x02ab'],
      ['Vi2\n', 'C\x02ab'],
    ] as const)
      assert.notEqual(scalar(of, data), 'nothing');
  });
});

describe('a state', () => {
  test('is only for objects, and only once', () => {
    const kernel = 'csklearn.gaussian_process.kernels\nRBF\n)\x81';
    assert.equal(found(bytesOf(kernel, '}Va\nNsb.')), 'nothing');
    assert.equal(found(bytesOf(kernel, '}Va\nNsb}b.')), 'a second state for RBF');
    for (const target of ['N', 'I1\n', 'Va\n', ']', ')', '}', 'C\x01a', 'csklearn.gaussian_process.kernels\nRBF\n'])
      assert.match(String(found(bytesOf(target, '}b.'))), /^a state for the kind/);
  });

  test('of a class that is a dict is left out', () => {
    const bunch = 'csklearn.utils._bunch\nBunch\n)\x81Va\nI1\ns';
    assert.deepEqual(readPickle(bytesOf(bunch, '}Vx\nI2\nsb.'), isSupportName), { type: 'dict', entries: [['a', 1n]] });
    assert.equal(found(bytesOf(bunch, '}b}b.')), 'a state for the kind dict');
  });
});

describe('work grows with the file', () => {
  test('of many small values', async () => {
    await assertGrowsWithInput('small values', 20_000, (size) => {
      const bytes = bytesOf('](', 'I1\nVtext\n}\x94'.repeat(size), 'e.');
      return () => void readPickle(bytes, isSupportName);
    });
  });

  test('of one tuple that is on the stack while arrays are read', async () => {
    const one = array(dtype('f8'), 'I1\n', Buffer.alloc(8));
    await assertGrowsWithInput('arrays in a tuple', 500, (size) => {
      const bytes = bytesOf('(', Buffer.concat(Array.from({ length: size }, () => one)), 't.');
      return () => void readPickle(bytes, isSupportName);
    });
  });

  test('of lists that are linked in a circle', async () => {
    await assertGrowsWithInput('shared values', 20_000, (size) => {
      const bytes = bytesOf('](]\x94', 'h\0\x85'.repeat(size), 'e.');
      return () => void readPickle(bytes, isSupportName);
    });
  });
});
