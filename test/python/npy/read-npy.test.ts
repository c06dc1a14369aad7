// The header of a .npy file is read by a grammar of literals, and what is not in it is refused. Arrays of real numpy are read.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readNpy } from '../../../src/python/npy/read-npy.js';
import { pythonOf, runPython } from '../../support/python.js';

const PLAIN = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }";

function npy(header: string, data: Uint8Array = new Uint8Array(16), version = 1): Uint8Array {
  const text = Buffer.from(header, version === 3 ? 'utf8' : 'latin1');
  const head = Buffer.alloc(version === 1 ? 10 : 12);
  head.write('\x93NUMPY', 'latin1');
  head[6] = version;
  if (version === 1) head.writeUInt16LE(text.length, 8);
  else head.writeUInt32LE(text.length, 8);
  return Buffer.concat([head, text, data]);
}

const valuesOf = (bytes: Uint8Array) => [...(readNpy(bytes, 'x').values ?? [])];

describe('a header', () => {
  test('is read in each of the three versions', () => {
    const data = new Uint8Array(new Float64Array([1.5, -2]).buffer);
    for (const version of [1, 2, 3]) assert.deepEqual(valuesOf(npy(`${PLAIN}   \n`, data, version)), [1.5, -2]);
    const fields = "{'descr': [('é', '<f8')], 'fortran_order': False, 'shape': (2,)}";
    assert.deepEqual([...(readNpy(npy(fields, data, 3), 'x').fields?.keys() ?? [])], ['é']);
  });

  test('may be in other literals of the same value', () => {
    for (const header of [
      '{"shape":(2L,),"fortran_order":False,"descr":"<f8"}',
      "{'descr': '\\x3cf8', 'fortran_order': False, 'shape': (2,)}",
      "{'descr': ('<f8'), 'fortran_order': False, 'shape': ( 2 , ) , }\n",
    ])
      assert.deepEqual(valuesOf(npy(header)), [0, 0], header);
  });

  const shape = (text: string) => PLAIN.replace('(2,)', text);
  const descr = (text: string) => PLAIN.replace("'<f8'", text);
  for (const [header, code] of [
    ['', 'MODEL_MALFORMED'],
    ["{'descr': '<f8', 'fortran_order': False}", 'MODEL_MALFORMED'],
    [`${PLAIN} 1`, 'MODEL_MALFORMED'],
    [PLAIN.replace('}', "'a': 1}"), 'MODEL_MALFORMED'],
    [PLAIN.replace('}', "'shape': (2,)}"), 'MODEL_MALFORMED'],
    [PLAIN.replace('False', '0'), 'MODEL_MALFORMED'],
    [PLAIN.replace('False', "__import__('os').system('x')"), 'MODEL_MALFORMED'],
    [PLAIN.replace('False', 'not True'), 'MODEL_MALFORMED'],
    [shape('2'), 'MODEL_MALFORMED'],
    [shape('[2]'), 'MODEL_MALFORMED'],
    [shape('(1+1,)'), 'MODEL_MALFORMED'],
    [shape('(2.0,)'), 'MODEL_MALFORMED'],
    [shape('(0x2,)'), 'MODEL_MALFORMED'],
    [shape('(02,)'), 'MODEL_MALFORMED'],
    [shape('(-2,)'), 'MODEL_MALFORMED'],
    [shape('(3,)'), 'MODEL_MALFORMED'],
    [shape('(1,)'), 'MODEL_MALFORMED'],
    [shape('(2,,)'), 'MODEL_MALFORMED'],
    [shape('(True,)'), 'MODEL_MALFORMED'],
    [shape(`(${'9'.repeat(400)},)`), 'MODEL_MALFORMED'],
    [shape('(4294967296, 4294967296)'), 'MODEL_HOSTILE'],
    [shape('(9007199254740991, 0)'), 'MODEL_HOSTILE'],
    [shape(`(${'1,'.repeat(65)})`), 'MODEL_HOSTILE'],
    [shape(`${'('.repeat(50)}2,${')'.repeat(50)}`), 'MODEL_MALFORMED'],
    [descr("'|O'"), 'MODEL_HOSTILE'],
    [descr("[('a', '|O')]"), 'MODEL_HOSTILE'],
    [descr("'<f16'"), 'MODEL_UNSUPPORTED'],
    [descr("'<f3'"), 'MODEL_MALFORMED'],
    [descr("'<x8'"), 'MODEL_MALFORMED'],
    [descr("'f8,f8'"), 'MODEL_MALFORMED'],
    [descr("'<U0'"), 'MODEL_MALFORMED'],
    [descr("'|S0'"), 'MODEL_MALFORMED'],
    [descr("'<U99999999999'"), 'MODEL_MALFORMED'],
    [descr('None'), 'MODEL_MALFORMED'],
    [descr("[('a', '<f8'), ('a', '<f8')]"), 'MODEL_MALFORMED'],
    [descr("[('a',)]"), 'MODEL_MALFORMED'],
    [descr("[(1, '<f8')]"), 'MODEL_MALFORMED'],
    [descr("[('a', '<f8', (9007199254740991, 9007199254740991))]"), 'MODEL_HOSTILE'],
    [descr("[('a', '<f8', (0,)), ('b', '<f8')]").replace('(2,)', '(3,)'), 'MODEL_MALFORMED'],
    [descr(`${"[('a', ".repeat(6)}'<f8'${')]'.repeat(6)}`), 'MODEL_HOSTILE'],
    [descr(`[${Array.from({ length: 300 }, (_, at) => `('f${at}', '|u1'),`).join('')}]`), 'MODEL_HOSTILE'],
    [`${PLAIN}${' '.repeat(10_000)}`, 'MODEL_HOSTILE'],
  ] as const)
    test(`is refused: ${header.length > 90 ? `${header.slice(0, 87)}...` : header}`, () => {
      assert.throws(() => readNpy(npy(header), 'x'), { code });
    });

  test('is refused where the file ends too early, or is of another kind or version', () => {
    const whole = npy(PLAIN);
    for (let length = 0; length < whole.length; length += 1)
      assert.throws(() => readNpy(whole.subarray(0, length), 'x'), { code: 'MODEL_MALFORMED' }, String(length));
    assert.throws(() => readNpy(npy(PLAIN, undefined, 4), 'x'), { code: 'MODEL_UNSUPPORTED' });
    const brokenText = npy("{'descr': 'é'}", undefined, 3);
    brokenText[brokenText.indexOf(0xa9)] = 0x20;
    assert.throws(() => readNpy(brokenText, 'x'), { code: 'MODEL_MALFORMED', message: /UTF-8/ });
  });
});

test('what real numpy writes is read, in both byte orders and both layouts', (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const program = `
import base64, io, itertools, json, numpy as np
rng = np.random.default_rng(0)
out = []
for kind, order, shape in itertools.product(['f2','f4','f8','i1','i2','i4','i8','u1','u2','u4','u8','b1','c8','c16'], '<>', [(), (0,), (5,), (3, 4), (2, 3, 4), (1, 4), (2, 1, 3)]):
    a = np.frombuffer(rng.bytes(np.dtype(kind).itemsize * int(np.prod(shape))), dtype=order + kind).reshape(shape)
    if kind == 'b1': a = a.view('u1') > 99
    for layout in 'CF':
        f = io.BytesIO(); np.save(f, np.asarray(a, order=layout))
        flat = a.astype(a.dtype.newbyteorder('<')).ravel()
        if kind == 'f2': flat = flat.astype('<f4')
        out.append([base64.b64encode(f.getvalue()).decode(), list(a.shape), base64.b64encode(flat.tobytes()).decode()])
print(json.dumps(out))
`;
  const done = runPython(environment.python, program);
  assert.equal(done.status, 0, done.stderr);
  const made = JSON.parse(done.stdout) as [string, number[], string][];
  assert.equal(made.length, 14 * 2 * 7 * 2);
  for (const [file, shape, expected] of made) {
    const array = readNpy(Buffer.from(file, 'base64'), 'x');
    const values = array.values as Float64Array;
    assert.deepEqual(array.shape, shape);
    const got = Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
    // The bits of a NaN of 16 bits are lost.
    if (got !== expected) {
      const floats = new Float32Array(new Uint8Array(Buffer.from(expected, 'base64')).buffer);
      assert.ok(values instanceof Float32Array, String(shape));
      assert.deepEqual([...values], [...floats]);
    }
  }
});
