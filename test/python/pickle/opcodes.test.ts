// Each opcode does what Python's does, or is refused by its name; the table is that of Python's own pickletools.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MlctlError } from '../../../src/errors/error.js';
import { OPCODES, REFUSED, STOP } from '../../../src/python/pickle/opcodes.js';
import { readPickle } from '../../../src/python/pickle/read-pickle.js';
import type { Saved } from '../../../src/python/saved.js';
import { pythonOf, runPython } from '../../support/python.js';

const bytesOf = (...parts: (string | number | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part].flat()))),
  );
const read = (...parts: (string | number | number[])[]): Saved => readPickle(bytesOf(...parts), () => false);
const found = (...parts: (string | number | number[])[]): unknown => {
  try {
    read(...parts);
  } catch (error) {
    if (error instanceof MlctlError) return error.details['found'];
    throw error;
  }
  return null;
};
const list = (...items: Saved[]): Saved => ({ type: 'list', items });
const tuple = (...items: Saved[]): Saved => ({ type: 'tuple', items });

test('the opcodes are those of pickletools', (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const program = 'import json, pickletools; print(json.dumps({ord(o.code): o.name for o in pickletools.opcodes}))';
  const python = JSON.parse(runPython(environment.python, program).stdout) as Record<string, string>;
  const ours = { ...REFUSED, [STOP]: 'STOP' } as Record<string, string>;
  for (const [code, [name]] of Object.entries(OPCODES)) ours[code] = name;
  assert.deepEqual(ours, python);
  assert.equal(Object.keys(ours).length, 68);
  assert.equal(Object.keys(REFUSED).length, 9);
});

describe('numbers', () => {
  test('as text', () => {
    assert.equal(read('I01\n.'), true);
    assert.equal(read('I00\n.'), false);
    assert.equal(read('I-7\n.'), -7n);
    assert.equal(read('L123456789012345678901L\n.'), 123456789012345678901n);
    assert.equal(read('L5\n.'), 5n);
    assert.equal(read('F1e-05\n.'), 1e-5);
    assert.equal(read('F-inf\n.'), Number.NEGATIVE_INFINITY);
    assert.equal(read('Fnan\n.'), Number.NaN);
    for (const text of [
      'I0x10\n.',
      'I 1\n.',
      'I1_0\n.',
      'I\n.',
      'I001\n.',
      'I1.0\n.',
      'L1LL\n.',
      'F1_0\n.',
      'F0x1\n.',
      'F 1\n.',
      'F1e400\n.',
      'F\n.',
      'Finfinity\n.',
      'I\u0661\n.',
    ])
      assert.notEqual(found(text), null, text);
  });

  test('as bytes', () => {
    assert.deepEqual(
      read(']', '(', 'K', 255, 'M', [1, 2], 'J', [255, 255, 255, 255], 0x8a, [2, 0, 255], 0x8a, 0, 'e.'),
      list(255n, 513n, -1n, -256n, 0n),
    );
    assert.equal(read(0x8b, [3, 0, 0, 0], [255, 255, 127], '.'), 0x7fffffn);
    assert.equal(read('G', [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], '.'), 1.5);
  });
});

describe('texts', () => {
  test('of protocol 0 have the escapes of raw-unicode-escape', () => {
    assert.equal(read('Va\\u20ac\\U0001f600\xe9\\n\\\\u0041\n.'), 'a\u20ac\u{1f600}\u00e9\\n\\\\u0041');
    assert.equal(read('V\n.'), '');
    for (const text of ['\\u12', '\\ud800', '\\U00110000', 'a\\', '\\U0000d800'])
      assert.notEqual(found(`V${text}\n.`), null, text);
  });

  test('of Python 2 are ASCII in quotes', () => {
    assert.equal(read("S'a\\n\\x41\\101\\'\\q'\n."), "a\nAA'\\q");
    assert.equal(read('S"it\'s"\n.'), "it's");
    assert.equal(read('U', 2, 'ab.'), 'ab');
    assert.equal(read('T', [2, 0, 0, 0], 'ab.'), 'ab');
    for (const text of ["S'a\n.", 'Sa\n.', "S'\n.", "S'\\x4'\n.", "S'\xe9'\n.", 'U\x01\xe9.', 'S\'a"\n.'])
      assert.notEqual(found(text), null, text);
    assert.equal(found('T', [255, 255, 255, 255], '.'), 'a text of -1 bytes');
  });

  test('are UTF-8, with a mark of the byte order and zeros in them', () => {
    assert.equal(read(0x8c, 3, [0xef, 0xbb, 0xbf], '.'), '\ufeff');
    assert.equal(read(0x8c, 3, 'a\0b', '.'), 'a\0b');
    assert.equal(read(0x8d, [2, 0, 0, 0, 0, 0, 0, 0], [0xc3, 0xa9], '.'), '\u00e9');
    for (const bytes of [[0xc3], [0xff], [0xed, 0xa0, 0x80], [0xc0, 0x80]])
      assert.equal(found(0x8c, bytes.length, bytes, '.'), 'a text that is not UTF-8');
  });

  test('and bytes', () => {
    assert.deepEqual(read('C', 2, 'ab.'), Buffer.from('ab'));
    assert.deepEqual(read('B', [1, 0, 0, 0], 'a.'), Buffer.from('a'));
    assert.deepEqual(read(0x8e, [1, 0, 0, 0, 0, 0, 0, 0], 'a.'), Buffer.from('a'));
    assert.deepEqual(read(0x96, [1, 0, 0, 0, 0, 0, 0, 0], 'a.'), Buffer.from('a'));
  });
});

describe('collections', () => {
  test('are filled in any way', () => {
    assert.deepEqual(read('(NNl.'), list(null, null));
    assert.deepEqual(read('(NNtN', 0x86, '.'), tuple(tuple(null, null), null));
    assert.deepEqual(read('(I1\nNI2\nNd.'), {
      type: 'dict',
      entries: [
        [1n, null],
        [2n, null],
      ],
    });
    assert.deepEqual(read(0x8f, '(', 0x88, 0x89, 0x90, '.'), { type: 'set', items: [true, false] });
    assert.deepEqual(read('(', 0x88, 0x91, '.'), { type: 'set', items: [true] });
    assert.deepEqual(read('N', 0x85, 'N', 0x88, 0x89, 0x87, 0x86, '.'), tuple(tuple(null), tuple(null, true, false)));
  });

  test('hold a value twice if the file does', () => {
    const both = read(']', 0x94, 'h', 0, 0x86, '.');
    assert.ok(typeof both === 'object' && both !== null && 'items' in both);
    assert.equal(both.items.length, 2);
    assert.equal(both.items[0], both.items[1]);
  });

  test('have each key once, equal as in Python, and the last value', () => {
    const one = read('}(I1\nNI01\nI5\nF1.0\nI7\nVa\nNVa\nI8\nu.');
    assert.deepEqual(one, {
      type: 'dict',
      entries: [
        [1n, 7n],
        ['a', 8n],
      ],
    });
    assert.deepEqual(read('}((I1\nVa\ntN(F1.0\nVa\ntI2\nu.'), { type: 'dict', entries: [[tuple(1n, 'a'), 2n]] });
    const nans = read('}(Fnan\nNFnan\nNNNVNone\nNu.');
    assert.ok(typeof nans === 'object' && nans !== null && 'entries' in nans && nans.entries.length === 4);
    assert.deepEqual(read(0x8f, '(I1\nI01\nI2\n', 0x90, '.'), { type: 'set', items: [1n, 2n] });
    for (const key of [']', '}', '(]t']) assert.match(String(found(`}${key}Ns.`)), /^a key of the kind/);
  });
});

describe('the stack', () => {
  test('is taken away from the top, and never below a mark', () => {
    assert.equal(read('N(0.'), null);
    assert.equal(read('N(NN1.'), null);
    assert.deepEqual(read('N20', 0x85, '.'), tuple(null));
    for (const text of [
      '.',
      '0.',
      '2.',
      'N(0(.',
      'N(.',
      'NN.',
      '(a.',
      ']N(a.',
      '1.',
      'N(u.',
      'N(b.',
      '\x85.',
      'N\x86.',
      '(.',
    ])
      assert.notEqual(found(text), null, text);
  });

  test('memo numbers are stored before they are read', () => {
    assert.deepEqual(read('Np3\n0g3\n.'), null);
    assert.deepEqual(read('Nq\x02', 'r\x04\0\0\0', '0h\x02', '0j\x04\0\0\0', '.'), null);
    for (const text of [
      'g0\n.',
      'h\0.',
      'j\0\0\0\0.',
      'Np-1\n.',
      'Np5000\n.',
      'p0\n.',
      '\x94.',
      'Np99999999999999999999\n.',
    ])
      assert.notEqual(found(text), null, text);
  });

  test('frames end inside the file, and protocols are known', () => {
    assert.equal(read(0x80, 5, 0x95, [2, 0, 0, 0, 0, 0, 0, 0], 'N.'), null);
    assert.equal(read(0x95, [1, 0, 0, 0, 0, 0, 0, 0], 'N.'), null);
    assert.equal(found(0x80, 6, 'N.'), 'protocol 6');
    assert.notEqual(found(0x95, [3, 0, 0, 0, 0, 0, 0, 0], 'N.'), null);
  });

  test('every refused opcode says its name', () => {
    for (const [code, name] of Object.entries(REFUSED))
      assert.equal(found('N', Number(code), 'N.'), `the opcode ${name}`);
    assert.equal(found(0xff), 'the byte 0xff');
  });
});
