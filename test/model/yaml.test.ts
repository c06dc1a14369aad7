import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { MlctlError } from '../../src/errors/error.js';
import { formatYaml, type Writable } from '../../src/model/format-yaml.js';
import { parseYaml, type YamlValue } from '../../src/model/parse-yaml.js';
import { YamlTimestamp } from '../../src/model/yaml-11.js';
import { pythonOf } from '../support/python.js';

/** Values as text that JSON could not carry: maps by entries, numbers with their kind. */
function tagged(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { i: value.toString() };
  if (typeof value === 'number')
    return Number.isInteger(value) && !Object.is(value, -0) && Math.abs(value) < 1e21
      ? { i: BigInt(value).toString() }
      : { f: Number.isNaN(value) ? 'nan' : Object.is(value, -0) ? '-0.0' : String(value) };
  if (value instanceof YamlTimestamp) return { t: value.text };
  if (Array.isArray(value)) return value.map(tagged);
  const entries = value instanceof Map ? [...value] : Object.entries(value as object);
  return {
    m: entries
      .map(([key, item]) => [tagged(key), tagged(item)])
      .sort((a, b) => (JSON.stringify(a[0]) < JSON.stringify(b[0]) ? -1 : 1)),
  };
}

const PROGRAM = `
import sys, json, yaml
def tag(v):
    if v is None or isinstance(v, (bool, str)): return v
    if isinstance(v, int): return {"i": str(v)}
    if isinstance(v, float): return {"f": repr(v)}
    if isinstance(v, list): return [tag(x) for x in v]
    if isinstance(v, dict): return {"m": [[tag(k), tag(x)] for k, x in v.items()]}
    return {"t": str(v)}
def untag(v):
    if v is None or isinstance(v, (bool, str)): return v
    if isinstance(v, list): return [untag(x) for x in v]
    if "i" in v: return int(v["i"])
    if "f" in v: return float(v["f"].replace("Infinity", "inf"))
    return {untag(k): untag(x) for k, x in v["m"]}
out = []
for job in json.load(sys.stdin):
    if "load" in job:
        try: out.append({"ok": tag(yaml.safe_load(job["load"]))})
        except Exception as e: out.append({"error": str(e)})
    else:
        out.append({"text": yaml.safe_dump(untag(job["dump"]), default_flow_style=job["flow"], width=job["width"], allow_unicode=job["unicode"])})
json.dump(out, sys.stdout)
`;

function ask(python: string, jobs: unknown[]): Record<string, unknown>[] {
  const done = spawnSync(python, ['-c', PROGRAM], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout);
}

/** Both sides in one form: maps sorted, whole floats as integers (JavaScript has one kind of number). */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Record<string, unknown>;
  if ('f' in node) {
    const number = Number(String(node['f']).replace(/^(-?)inf$/i, '$1Infinity'));
    if (Number.isInteger(number) && !Object.is(number, -0)) return { i: BigInt(number).toString() };
    return { f: Object.is(number, -0) ? '-0' : String(number) };
  }
  if ('m' in node)
    return {
      m: (node['m'] as [unknown, unknown][])
        .map(([k, v]) => [canonical(k), canonical(v)])
        .sort((a, b) => (JSON.stringify(a[0]) < JSON.stringify(b[0]) ? -1 : 1)),
    };
  return node;
}

const words = [
  '1e3',
  '0o10',
  '12e4567',
  'y',
  'NO',
  '1:30',
  '1:30.5',
  '=',
  '<<',
  '2026-11-23',
  '2026-11-23 11:01:32.2',
  '1_000',
  '0x_f',
  '010',
  '089',
  '.5',
  '5.',
  '.inf',
  '-.INF',
  '.nan',
  '~',
  '',
  ' ',
  'null',
  '- a',
  '-',
  '?',
  ': x',
  'a: b',
  'a #b',
  '#',
  '&a',
  '*a',
  '!x',
  '!!str',
  '|',
  '>',
  '%x',
  '@x',
  '`',
  '{',
  '[',
  "'",
  '"',
  '\\',
  '\n',
  'a\nb',
  ' a',
  'a ',
  '\t',
  '---',
  '...',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u00a0',
  'ü',
  '👍',
  '+1',
  '-1',
  '1.0e3',
  '1.0e+3',
  '1.e+3',
  'on',
  'True',
  'pip<=23.2.1',
  '-r requirements.txt',
  'a:',
  ':a',
  'x:/y',
  '12345678901234567890',
  '__proto__',
  'constructor',
];
const text = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }).filter((s) => !/\p{Cs}/u.test(s)),
  fc.stringMatching(/^[0-9a-f]{7,8}$/),
  fc.string({ minLength: 70, maxLength: 200 }),
);
const leaf = fc.oneof(
  text,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double(),
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
);
const value: fc.Arbitrary<Writable> = fc.letrec<{ node: Writable }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie('node')), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
})).node;

const safe = (v: unknown): unknown => JSON.stringify(canonical(tagged(v)));

test('Y6 PyYAML reads what we write as we meant it', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const values = fc.sample(value, { numRuns: 3000, seed: 11 });
  const more = [
    ...words,
    ...words.map((word) => new Map([[word, word]])),
    new Map<string, Writable>([
      ['k'.repeat(3000), new Map([['a', [1]]])],
      ['l'.repeat(3000), 'x'],
    ]),
  ];
  const all: Writable[] = [...values, ...more];
  const texts = all.map((one) => formatYaml(one));
  const answers = ask(
    found.python,
    texts.map((load) => ({ load })),
  );
  for (const [i, one] of all.entries()) {
    assert.equal(
      JSON.stringify(canonical(answers[i]?.['ok'])),
      safe(one),
      `${texts[i]}\n${JSON.stringify(answers[i])}`,
    );
    assert.equal(safe(await parseYaml(texts[i] ?? '', 'test')), safe(one), texts[i]);
  }
});

test('Y6 we read what PyYAML dumps, in every style', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const values = [
    ...fc.sample(value, { numRuns: 3000, seed: 12 }),
    ...words,
    ...words.map((word) => new Map([[word, word]])),
  ];
  const styles = [false, true, null].flatMap((flow) =>
    [20, 80, 10000].map((width) => ({ flow, width, unicode: false })),
  );
  const answers = ask(
    found.python,
    values.map((dump, i) => ({ dump: tagged(dump), ...styles[i % styles.length] })),
  );
  for (const [i, one] of values.entries()) {
    const dumped = answers[i]?.['text'] as string;
    assert.equal(safe(await parseYaml(dumped, 'test')), safe(one), dumped);
  }
});

test('Y6 plain scalars have the same values as in PyYAML', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const scalar = fc.oneof(
    fc.stringMatching(/^[-+]?[0-9_.:xboe+-]{1,8}$/),
    fc.stringMatching(/^[0-9a-f]{7}$/),
    fc.stringMatching(/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$/),
    fc.constantFrom(...words.filter((word) => /^[A-Za-z0-9_.+:~<=-]+$/.test(word))),
  );
  const texts = fc.sample(scalar, { numRuns: 4000, seed: 13 }).map((one) => `a: ${one}\n`);
  const answers = ask(
    found.python,
    texts.map((load) => ({ load })),
  );
  let compared = 0;
  for (const [i, one] of texts.entries()) {
    const theirs = answers[i] ?? {};
    let ours: YamlValue;
    try {
      ours = await parseYaml(one, 'test');
    } catch {
      assert.ok('error' in theirs, `only we refuse ${one}: ${JSON.stringify(theirs)}`);
      continue;
    }
    if ('error' in theirs) continue; // impossible dates and the like: text to us, an error to Python
    if (JSON.stringify(theirs).includes('"t"')) {
      assert.ok((ours as Map<string, unknown>).get('a') instanceof YamlTimestamp, one);
      continue;
    }
    compared++;
    assert.equal(safe(ours), JSON.stringify(canonical(theirs['ok'])), one);
  }
  assert.ok(compared > 3000);
});

const refused = (pattern: RegExp) => (error: unknown) =>
  error instanceof MlctlError && error.exitCode === 7 && pattern.test(error.message);

test('Y1 Y3 Y4 bombs, tags, depth and size are refused quickly', async () => {
  const bomb = [
    'a0: &a0 [x,x,x,x,x,x,x,x,x]',
    ...Array.from({ length: 10 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(',')}]`),
  ].join('\n');
  await assert.rejects(parseYaml(bomb, 'MLmodel'), refused(/aliases expand/));
  await assert.rejects(parseYaml(`a: &a x\nb: [${Array(101).fill('*a').join(',')}]`, 'MLmodel'), refused(/alias/i));
  await assert.rejects(parseYaml('a: &a [*a]', 'MLmodel'), refused(/contains itself|unidentified alias|alias/));
  for (const tag of [
    '!!python/object/apply:os.system ["id"]',
    '!!python/name:os.system',
    '!!js/function "x"',
    '!foo 1',
    '!!binary aGk=',
    '!!set {a}',
    '!!omap [a: 1]',
  ]) {
    await assert.rejects(parseYaml(`a: ${tag}`, 'MLmodel'), refused(/tag/), tag);
  }
  await assert.rejects(parseYaml('['.repeat(20000), 'MLmodel'), refused(/depth|nest/i));
  await assert.rejects(parseYaml('a'.repeat(1024 * 1024 + 1), 'MLmodel'), refused(/at most 1048576/));
  await assert.rejects(parseYaml('a: &x {b: 1}\nc:\n  <<: *x\n', 'MLmodel'), refused(/merge/));
  await assert.rejects(parseYaml('a: 1\na: 2\n', 'MLmodel'), refused(/duplicat/i));
  await assert.rejects(parseYaml('a: "x\u2028y"\n', 'MLmodel'), refused(/U\+2028/));
  await assert.rejects(parseYaml('a: 1\n---\nb: 2\n', 'MLmodel'), refused(/document/));
});

test('Y5 Y7 hostile keys are only keys and big integers stay exact', async () => {
  const read = (await parseYaml(
    '__proto__: {polluted: 1}\nconstructor: 2\nbig: 12345678901234567890\nsmall: 9007199254740991\n',
    'x',
  )) as Map<string, unknown>;
  assert.deepEqual([...read.keys()], ['__proto__', 'constructor', 'big', 'small']);
  assert.equal(read.get('big'), 12345678901234567890n);
  assert.equal(read.get('small'), 9007199254740991);
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});

test('aliases that PyYAML writes for a shared list are read', async () => {
  const read = (await parseYaml('a: &id001\n- 1\nb: *id001\n', 'x')) as Map<string, unknown>;
  assert.deepEqual(read.get('b'), [1]);
});
