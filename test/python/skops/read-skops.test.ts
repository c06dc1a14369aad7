// A skops file is read by exact names within limits, and what is refused is named with its place.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { ErrorCode } from '../../../src/errors/codes.js';
import { MlctlError } from '../../../src/errors/error.js';
import { READ_LIMITS } from '../../../src/python/limits.js';
import type { Saved, SavedDict, SavedList, SavedObject } from '../../../src/python/saved.js';
import { readSkops } from '../../../src/python/skops/read-skops.js';
import { FIXTURES } from '../../support/paths.js';
import { array, dict, json, list, type Node, name, node, npyFile, skopsFile, tuple } from '../../support/skops-file.js';
import { writeZip } from '../../support/write-zip.js';

const read = (bytes: Uint8Array): Promise<Saved> => readSkops(bytes, (module) => module === 'known');
const readNode = (root: Node) => read(skopsFile(root));
const object = (state: Node, type = 'known.Thing') => node('ObjectNode', type, { content: state });

async function refusal(work: Promise<unknown>): Promise<MlctlError> {
  const error = await work.then(
    () => assert.fail('it was read'),
    (error: unknown) => error,
  );
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.exitCode, 7);
  assert.ok(error.hint);
  return error;
}

describe('names', () => {
  test('are asked for exactly, and an unknown one is named with its place', async () => {
    const asked = new Set<string>();
    const bytes = readFileSync(join(FIXTURES, 'python', 'skops', 'estimators.skops'));
    const error = await refusal(
      readSkops(bytes, (module, name) => {
        asked.add(`${module} ${name}`);
        return name !== 'Tree';
      }),
    );
    assert.equal(error.code, 'MODEL_UNSUPPORTED');
    assert.match(error.message, /^cannot read \[1\]\.tree_: found sklearn\.tree\._tree\.Tree; expected a class/);
    assert.ok(asked.has('sklearn.tree._classes DecisionTreeClassifier'));
    const deeper = await refusal(
      readSkops(bytes, (_, name) => !['DecisionTreeRegressor', 'DummyClassifier'].includes(name)),
    );
    assert.match(deeper.message, /^cannot read \[3\]\.init_: found sklearn\.dummy\.DummyClassifier/);
  });

  for (const [what, root, place] of [
    ['an object', object(dict({}), 'subprocess.Popen'), 'the model'],
    ['a class', list([name('posix.system')]), '[0]'],
    ['a function', list([json(1), node('FunctionNode', 'posix.system')]), '[1]'],
    ['a list of another class', node('ListNode', 'evil.List', { content: [] }), 'the model'],
    ['a tuple of another class', node('TupleNode', 'evil.Tuple', { content: [] }), 'the model'],
    ['a dict of another class', { ...dict({}), __class__: 'Evil' }, 'the model'],
    ['bytes of another class', node('BytesNode', 'evil.Bytes', { file: 'x' }), 'the model'],
    ['an array of another class', node('NdArrayNode', 'numpy.memmap', { type: 'numpy', file: 'x' }), 'the model'],
    ['a constructor', node('ConstructorFromReduceNode', 'subprocess.Popen', { content: tuple([]) }), 'the model'],
    ['a loss', node('LossNode', 'evil.Loss', { content: dict({}) }), 'the model'],
    ['a state of random numbers', node('RandomStateNode', 'evil.State', { content: dict({}) }), 'the model'],
    ['an operator', node('OperatorFuncNode', 'operator.methodcaller', { attrs: tuple([]) }), 'the model'],
    ['a partial', node('PartialNode', 'functools.partial', { content: {} }), 'the model'],
    ['a name below a known one', object(dict({ a: name('known.deep.Thing') })), 'a'],
    ['a type of keys', object(dict({ a: json(1) }, 'evil.Key')), '.key_types[0]'],
  ] as const)
    test(`are refused: ${what}`, async () => {
      const error = await refusal(readNode(root));
      assert.equal(error.code, 'MODEL_UNSUPPORTED');
      assert.equal(error.details['place'], place.replace(/^\./, ''));
    });

  test('are refused where a method of a known class is not known itself', async () => {
    const method = node('MethodNode', 'known.Thing', { content: { func: '__reduce__', obj: object(dict({})) } });
    const file = skopsFile(method);
    const error = await refusal(readSkops(file, (module, name) => `${module}.${name}` === 'known.Thing'));
    assert.match(error.message, /known\.Thing\.__reduce__/);
    const other = node('MethodNode', 'known.Other', { content: { func: 'fit', obj: object(dict({})) } });
    assert.equal((await refusal(readNode(other))).code, 'MODEL_MALFORMED');
    const own = (await readNode(method)) as SavedObject;
    assert.deepEqual([own.module, own.name, own.args[1]], ['builtins', 'getattr', '__reduce__']);
  });
});

describe('shared and repeated', () => {
  test('ids give the first object', async () => {
    const first = list([json('a')]);
    const read = (await readNode(tuple([first, { ...json('b'), __id__: first['__id__'] }, first]))) as SavedList;
    assert.equal(read.items[0], read.items[1]);
    assert.equal(read.items[0], read.items[2]);
  });

  test('ids of an object that is not whole yet are refused, because Python never ends there', async () => {
    const outer = list([]);
    const error = await refusal(readNode({ ...outer, content: [json(1), { __id__: outer['__id__'] }] }));
    assert.match(error.message, /^cannot read \[1\]: found an object that holds itself/);
  });

  test('files are decoded once', async () => {
    const values = Array.from({ length: 100_000 }, (_, at) => at);
    const root = list(Array.from({ length: 20_000 }, () => array('1.npy')));
    const before = process.memoryUsage().arrayBuffers;
    const { items } = (await read(skopsFile(root, [npyFile('1.npy', values)]))) as SavedList;
    assert.equal(new Set(items).size, 1);
    assert.ok(process.memoryUsage().arrayBuffers - before < 100e6);
  });
});

describe('dicts', () => {
  const entriesOf = async (content: Node, types: string[]) => {
    const root = node('DictNode', 'builtins.dict', { content, key_types: list(types.map(name)) });
    return ((await readNode(root)) as SavedDict).entries;
  };

  test('keep the order of the file, which pairs keys with their types', async () => {
    const types = ['str', 'int', 'int', 'str', 'str'].map((type) => name(`builtins.${type}`));
    const root = node('DictNode', 'builtins.dict', { content: 'CONTENT', key_types: list(types), protocol: 2 });
    const content = ['z', '10', '9', '#7', '8'].map((key) => `"${key}": ${JSON.stringify(json(key))}`).join(',');
    const schema = JSON.stringify(root).replace('"CONTENT"', `{${content}}`);
    const { entries } = (await read(writeZip([{ name: 'schema.json', data: Buffer.from(schema) }]))) as SavedDict;
    assert.deepEqual(entries, [
      ['z', 'z'],
      [10n, '10'],
      [9n, '9'],
      ['#7', '#7'],
      ['8', '8'],
    ]);
  });

  test('have the names of JavaScript as plain keys', async () => {
    const content = JSON.parse(
      `{"__proto__": ${JSON.stringify(json(1))}, "constructor": ${JSON.stringify(json(2))}, "toString": ${JSON.stringify(json(3))}}`,
    ) as Node;
    assert.deepEqual(await entriesOf(content, Array(3).fill('builtins.str')), [
      ['__proto__', 1n],
      ['constructor', 2n],
      ['toString', 3n],
    ]);
    assert.equal(({} as Record<string, unknown>)['__loader__'], undefined);
  });

  test('have the last value of keys that are equal in Python', async () => {
    const content = { a: json('x'), '1': json('int'), '1.0': json('float') };
    // JSON.parse of JavaScript would have moved 1 to the front; the file is written with it in front.
    assert.deepEqual(await entriesOf(content, ['builtins.int', 'builtins.str', 'builtins.float']), [
      [1n, 'float'],
      ['a', 'x'],
    ]);
  });

  for (const [key, type, code] of [
    ['x', 'builtins.int', 'MODEL_MALFORMED'],
    ['1.5', 'builtins.int', 'MODEL_MALFORMED'],
    ['0x1', 'builtins.float', 'MODEL_MALFORMED'],
    ['null', 'builtins.NoneType', 'MODEL_UNSUPPORTED'],
    ['9'.repeat(5000), 'builtins.int', 'MODEL_MALFORMED'],
  ] as const)
    test(`are refused for the key ${key.slice(0, 9)} of ${type}`, async () => {
      assert.equal((await refusal(entriesOf({ [key]: json(1) }, [type]))).code, code);
    });
});

describe('a file is refused for', () => {
  const deep = (levels: number) => {
    let root = list([]);
    for (let level = 0; level < levels; level += 1) root = list([root]);
    return root;
  };
  const rawSchema = (text: string) => writeZip([{ name: 'schema.json', data: Buffer.from(text), isDeflated: true }]);
  const text = (content: unknown) => node('JsonNode', 'builtins.str', { content });
  const objects = (content: unknown[], shape: number[]) =>
    node('NdArrayNode', 'numpy.ndarray', { type: 'json', content, shape: tuple(shape.map(json)) });
  const cases: [what: string, file: Uint8Array, code: ErrorCode][] = [
    ['a root that is not a node', skopsFile([] as unknown as Node), 'MODEL_MALFORMED'],
    ['no protocol', skopsFile(list([]), [], null), 'MODEL_MALFORMED'],
    ['a later protocol', skopsFile(list([]), [], 3), 'MODEL_UNSUPPORTED'],
    ['an unknown loader', skopsFile(node('EvilNode', 'builtins.list')), 'MODEL_UNSUPPORTED'],
    ['a loader named like a property of objects', skopsFile(node('constructor', 'builtins.list')), 'MODEL_UNSUPPORTED'],
    ['a class that is not a text', skopsFile({ ...list([]), __class__: null }), 'MODEL_MALFORMED'],
    ['an id that is not a number', skopsFile({ ...list([]), __id__: {} }), 'MODEL_MALFORMED'],
    ['a cached node without its object', skopsFile(node('CachedNode', 'builtins.list')), 'MODEL_UNSUPPORTED'],
    ['objects inside objects', skopsFile(deep(READ_LIMITS.depth + 1)), 'MODEL_HOSTILE'],
    ['JSON inside JSON', rawSchema('['.repeat(20_000)), 'MODEL_HOSTILE'],
    ['more JSON than the limit', skopsFile(list(Array(2_100_000).fill(0))), 'MODEL_HOSTILE'],
    ['a list in a text', skopsFile(text('[1]')), 'MODEL_MALFORMED'],
    ['a text that is not JSON', skopsFile(text('print(1)')), 'MODEL_MALFORMED'],
    ['a text with an int of too many digits', skopsFile(text('9'.repeat(5000))), 'MODEL_MALFORMED'],
    ['a text that is a number', skopsFile(text(5)), 'MODEL_MALFORMED'],
    ['a file that is not there', skopsFile(array('../../../../etc/passwd')), 'MODEL_MALFORMED'],
    ['an array that is a property of objects', skopsFile(array('constructor')), 'MODEL_MALFORMED'],
    ['an array of another type', skopsFile({ ...array('x'), type: 'pickle' }), 'MODEL_MALFORMED'],
    ['fewer objects than the shape', skopsFile(objects([json(1)], [2])), 'MODEL_MALFORMED'],
    ['objects in rows of other lengths', skopsFile(objects([list([]), list([json(1)])], [2, 1])), 'MODEL_MALFORMED'],
    ['rows that are not lists', skopsFile(objects([json(1), json(2)], [2, 1])), 'MODEL_MALFORMED'],
    ['objects without dimensions', skopsFile(objects([json(1)], [])), 'MODEL_MALFORMED'],
    ['an empty shape of any length', skopsFile(objects([], [2 ** 50, 0])), 'MODEL_HOSTILE'],
    ['a tree of another class', skopsFile(node('TreeNode', 'known.Tree')), 'MODEL_MALFORMED'],
    [
      'a slice of floats',
      skopsFile(node('SliceNode', 'builtins.slice', { content: { start: 0.5, stop: null, step: null } })),
      'MODEL_MALFORMED',
    ],
    [
      'a scalar of another dtype',
      skopsFile({ ...array('1.npy'), __class__: 'int64' }, [npyFile('1.npy', [1])]),
      'MODEL_MALFORMED',
    ],
    [
      'a sparse matrix without an archive',
      skopsFile(node('SparseMatrixNode', 'scipy.sparse._csr.csr_matrix', { type: 'scipy', file: '1.npy' }), [
        npyFile('1.npy', [1]),
      ]),
      'MODEL_MALFORMED',
    ],
    [
      'an archive inside that is not one',
      skopsFile(list([]), [{ name: '1.npz', data: Buffer.from('no zip, but long enough') }]),
      'MODEL_MALFORMED',
    ],
  ];
  for (const [what, file, code] of cases)
    test(what, async () => {
      const started = performance.now();
      const error = await refusal(read(file));
      assert.equal(error.code, code, error.message);
      assert.ok(performance.now() - started < 3000);
    });

  test('more bytes, values or time than the limits', async () => {
    const file = skopsFile(list(Array.from({ length: 10_000 }, (_, at) => json(at))));
    for (const limits of [{ fileBytes: 100 }, { values: 100 }, { milliseconds: -1 }])
      assert.equal(
        (await refusal(readSkops(file, () => true, { ...READ_LIMITS, ...limits }))).code,
        'MODEL_HOSTILE',
        JSON.stringify(limits),
      );
  });
});

test('the older protocols are read', async () => {
  const old = node('FunctionNode', 'builtins.x', { content: { module_path: 'known', function: 'f' } });
  assert.deepEqual(await read(skopsFile(old, [], 0)), { type: 'name', module: 'known', name: 'f' });
  const evil = node('FunctionNode', 'known.x', { content: { module_path: 'posix', function: 'system' } });
  assert.match((await refusal(read(skopsFile(evil, [], 0)))).message, /posix\.system/);
  const generator = node('RandomGeneratorNode', 'numpy.random._generator.Generator', {
    content: { bit_generator: dict({ state: json(5) }) },
  });
  const one = (await read(skopsFile(generator, [], 1))) as SavedObject;
  assert.deepEqual(
    (one.state as SavedDict).entries.map(([key]) => key),
    ['bit_generator'],
  );
});
