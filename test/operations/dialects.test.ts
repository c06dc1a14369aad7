// The same table in any dialect of CSV trains the same model, and is predicted, validated and smoked alike when its flags are given;
// without them it is refused, and the hint has the flags.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { MlctlError } from '../../src/errors/error.js';
import { predict } from '../../src/operations/predict.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { type TrainRequest, trainModel } from '../../src/operations/train.js';
import { validate } from '../../src/operations/validate.js';
import type { GivenDialect } from '../../src/rows/read-dialect.js';
import { httpServer } from '../support/http-server.js';
import { testWorld } from '../support/worlds.js';

interface Made {
  readonly delimiter: string;
  readonly decimal: string;
  readonly quote: string;
}

const USUAL: Made = { delimiter: ',', decimal: '.', quote: '"' };

/** 120 rows; every seventh `a` is missing, every town has a letter beyond ASCII and what has to be quoted. */
function table({ delimiter, decimal, quote }: Made, missing = '', target = true): string {
  const number = (value: number): string => String(value).replace('.', decimal);
  const text = (value: string): string => {
    const mustQuote = value.includes(delimiter) || value.includes(quote) || value.includes('\n');
    return mustQuote ? `${quote}${value.replaceAll(quote, quote + quote)}${quote}` : value;
  };
  const rows = Array.from({ length: 120 }, (_, i) => {
    const a = ((i * 37) % 101) / 8;
    const b = ((i * 53) % 97) / 4;
    const town = i % 2 === 0 ? `Köln${delimiter} "Süd" 'x'` : 'Straße';
    const cells = [i % 7 === 0 ? missing : number(a), number(b), text(town)];
    return [...cells, ...(target ? [a > b / 2 ? 'yes' : 'no'] : [])];
  });
  const header = ['a', 'b', 'town', ...(target ? ['y'] : [])];
  return `${[header, ...rows].map((row) => row.join(delimiter)).join('\n')}\n`;
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

interface Case {
  readonly given: GivenDialect;
  /** Of the file with and without the target. */
  readonly bytes: (target: boolean) => Buffer;
  /** What the hint says to add; null: nothing has to be said. */
  readonly hint: string | null;
}

const semi: Made = { delimiter: ';', decimal: ',', quote: '"' };
const tabs: Made = { delimiter: '\t', decimal: ',', quote: '"' };
const CASES: Readonly<Record<string, Case>> = {
  'semicolons with decimal commas': {
    given: { delimiter: ';', decimal: ',' },
    bytes: (target) => Buffer.from(table(semi, '', target)),
    hint: `this looks like a file with the separator ";" and decimal commas: add --delimiter ';' --decimal ','`,
  },
  'Windows-1252 as Excel writes it': {
    given: { delimiter: ';', decimal: ',', encoding: 'cp1252' },
    bytes: (target) => latin1(table(semi, '', target).replaceAll('\n', '\r\n')),
    hint: `this looks like a file in Windows-1252 with the separator ";" and decimal commas: add --encoding windows-1252 --delimiter ';' --decimal ','`,
  },
  'Latin-1 with commas': {
    given: { encoding: 'latin-1' },
    bytes: (target) => latin1(table(USUAL, '', target)),
    hint: 'this looks like a file in Windows-1252: add --encoding windows-1252',
  },
  'UTF-16 with a byte order mark': {
    given: { delimiter: '\\t', decimal: ',', encoding: 'utf-16' },
    bytes: (target) => Buffer.from(`\ufeff${table(tabs, '', target)}`, 'utf16le'),
    hint: `this looks like a file in UTF-16 with the separator "\\t" and decimal commas: add --encoding utf-16 --delimiter '\\t' --decimal ','`,
  },
  'big-endian UTF-16 without a mark': {
    given: { encoding: 'utf-16be' },
    bytes: (target) => utf16be(table(USUAL, '', target)),
    hint: 'this looks like a file in UTF-16: add --encoding utf-16be',
  },
  'single quotes': {
    given: { quote: "'" },
    bytes: (target) => Buffer.from(table({ ...USUAL, quote: "'" }, '', target)),
    hint: `this looks like a file with the quote ': add --quote "'"`,
  },
  gzip: { given: {}, bytes: (target) => gzipSync(table(USUAL, '', target)), hint: null },
  'gzip of semicolons': {
    given: { delimiter: ';', decimal: ',' },
    bytes: (target) => gzipSync(table(semi, '', target)),
    hint: `this looks like a file with the separator ";" and decimal commas: add --delimiter ';' --decimal ','`,
  },
};

const STEPS = [
  'pipeline=[{simple_imputer: {columns: [a]}}, {one_hot_encoder: {columns: [town], handle_unknown: ignore}}, logistic_regression]',
  'name=homes',
];
const streams = () => ({ stdin: Readable.from([]), stdout: new Writable() });

async function answersOf(
  world: ReturnType<typeof testWorld>,
  input: string,
  given: GivenDialect,
  mode: 'strict' | 'mlflow',
): Promise<string> {
  let written = '';
  const stdout = new Writable({
    write(chunk, _, done) {
      written += String(chunk);
      done();
    },
  });
  const request = { uri: 'models:/homes/1', input, ...given, mode, output: '-', outputFormat: 'ndjson' as const };
  await predict(world, request, { stdin: Readable.from([]), stdout });
  return written;
}

test('a dialect that is named is read alike by every verb; one that is not is refused with the flags to type', async () => {
  const world = testWorld();
  writeFileSync(join(world.cwd, 'usual.csv'), table(USUAL));
  writeFileSync(join(world.cwd, 'usual-rows.csv'), table(USUAL, '', false));
  const request = { target: 'y', set: STEPS } satisfies TrainRequest;
  const wanted = await trainModel(world, { ...request, data: 'usual.csv', register: true });
  const answers = await answersOf(world, 'usual-rows.csv', {}, 'strict');
  assert.equal(answers.trimEnd().split('\n').length, 120);
  for (const [title, { given, bytes, hint }] of Object.entries(CASES)) {
    // The town of the other delimiters has that delimiter in it.
    const same = given.delimiter === undefined;
    writeFileSync(join(world.cwd, 'other.csv'), bytes(true));
    writeFileSync(join(world.cwd, 'rows.csv'), bytes(false));
    const trained = await trainModel(world, { ...request, ...given, data: 'other.csv', dryRun: true });
    assert.deepEqual(trained.metrics, wanted.metrics, title);
    if (same) assert.equal(trained.digest.payload, wanted.digest.payload, title);
    for (const mode of ['strict', 'mlflow'] as const)
      if (same) assert.equal(await answersOf(world, 'rows.csv', given, mode), answers, `${title} ${mode}`);
    const uri = 'models:/homes/1';
    const checked = await validate(world, { uri, input: 'rows.csv', ...given }, streams());
    assert.deepEqual([checked.findings, checked.rows], [[], 120], title);
    const smoked = await smokeModel(world, { uri, rows: 'rows.csv', ...given });
    assert.deepEqual(
      smoked.checks.filter(({ status }) => status === 'fail'),
      [],
      title,
    );
    if (hint === null) continue;
    const refused = async (doing: Promise<unknown>): Promise<string> => {
      const error = await doing.then(
        () => assert.fail(title),
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof MlctlError && error.exitCode === 5, `${title}: ${error}`);
      return error.hint ?? '';
    };
    assert.ok(
      (await refused(trainModel(world, { ...request, data: 'other.csv', dryRun: true }))).startsWith(hint),
      title,
    );
    assert.equal(await refused(answersOf(world, 'rows.csv', {}, 'strict')), hint, title);
    assert.equal((await validate(world, { uri, input: 'rows.csv' }, streams())).hint, hint, title);
  }
});

test('words for missing values, also such as look like numbers, are missing in training and in rows', async () => {
  const world = testWorld();
  writeFileSync(join(world.cwd, 'usual.csv'), table(USUAL));
  const wanted = await trainModel(world, { target: 'y', set: STEPS, data: 'usual.csv', register: true });
  for (const word of ['?', '-999', 'keine Angabe', 'NA']) {
    writeFileSync(join(world.cwd, 'words.csv'), table(USUAL, word));
    writeFileSync(join(world.cwd, 'rows.csv'), table(USUAL, word, false));
    const given = { missingValues: [word] };
    const trained = await trainModel(world, { target: 'y', set: STEPS, data: 'words.csv', dryRun: true, ...given });
    assert.equal(trained.digest.payload, wanted.digest.payload, word);
    writeFileSync(join(world.cwd, 'empty.csv'), table(USUAL, '', false));
    const answers = await answersOf(world, 'empty.csv', {}, 'strict');
    for (const mode of ['strict', 'mlflow'] as const)
      assert.equal(await answersOf(world, 'rows.csv', given, mode), answers, `${word} ${mode}`);
  }
});

test('what a recipe says of its CSV is kept with the run, and the kept recipe trains the same model', async () => {
  const world = testWorld();
  writeFileSync(join(world.cwd, 'homes.csv'), latin1(table({ ...semi, quote: "'" }, '?')));
  const recipe = [
    'name: homes',
    'data:',
    '  source: homes.csv',
    '  target: y',
    "  delimiter: ';'",
    "  decimal: ','",
    '  encoding: latin1',
    "  missing_values: ['?']",
    '  quote: "\'"',
    'pipeline:',
    '  - simple_imputer: { columns: [a] }',
    '  - one_hot_encoder: { columns: [town] }',
    '  - logistic_regression',
  ].join('\n');
  writeFileSync(join(world.cwd, 'recipe.yaml'), recipe);
  const first = await trainModel(world, { recipe: 'recipe.yaml' });
  const { params } = first as unknown as { params: Record<string, string> };
  assert.deepEqual(
    [params['sep'], params['decimal'], params['encoding'], params['na_values'], params['quotechar']],
    [';', ',', 'latin1', '["?"]', "'"],
  );
  writeFileSync(join(world.cwd, 'kept.yaml'), first.recipe!);
  const again = await trainModel(world, { recipe: 'kept.yaml', dryRun: true });
  assert.equal(again.recipe, first.recipe);
  assert.equal(again.digest.payload, first.digest.payload);
});

test('a dialect that cannot be is refused before anything is read', async () => {
  const world = testWorld();
  const cases: readonly [GivenDialect, RegExp][] = [
    [{ delimiter: 'ab' }, /"ab" cannot be the delimiter/],
    [{ decimal: ';' }, /";" cannot be the decimal mark; expected a point or a comma/],
    [{ encoding: 'utf-99' }, /"utf-99" cannot be the encoding/],
    [{ missingValues: [''] }, /list of words for a missing value/],
    [{ quote: 'x' }, /"x" cannot be the quote/],
    [{ quote: ';', delimiter: ';' }, /both ";"/],
  ];
  for (const [given, message] of cases)
    await assert.rejects(predict(world, { input: 'no.csv', output: '-', ...given }, streams()), {
      code: 'USAGE',
      message,
    });
  await assert.rejects(predict(world, { input: 'no.parquet', output: '-', decimal: ',' }, streams()), {
    code: 'USAGE',
    message: 'Parquet has no decimal mark that could be chosen; only CSV has',
  });
  const bad = ["data.delimiter='xx'", 'data.missing_values=NA', 'data.quote=x', 'data.encoding=nonsense'];
  await assert.rejects(trainModel(world, { set: bad, dryRun: true }), ({ message }: Error) =>
    ['data.delimiter', 'data.missing_values', 'data.quote', 'data.encoding'].every((key) => message.includes(key)),
  );
  await assert.rejects(trainModel(world, { delimiter: ';', dryRun: true }), /the built-in data has no delimiter/);
});

test('bytes that an encoding does not have, and gzip that is cut, are told', async () => {
  const world = testWorld();
  const train = (given: GivenDialect) => trainModel(world, { data: 'x.csv', target: 'y', dryRun: true, ...given });
  writeFileSync(
    join(world.cwd, 'x.csv'),
    Buffer.concat([Buffer.from('a,y\n1,x'), Buffer.from([0x81]), Buffer.from('\n')]),
  );
  await assert.rejects(train({ encoding: 'windows-1252' }), /x\.csv holds bytes that windows-1252 does not have/);
  writeFileSync(join(world.cwd, 'x.csv'), Buffer.from([0x61, 0x00, 0x00, 0xd8, 0x0a, 0x00]));
  await assert.rejects(train({ encoding: 'utf-16' }), /holds bytes that utf-16 does not have/);
  const packed = gzipSync(table(USUAL));
  writeFileSync(join(world.cwd, 'x.csv'), packed.subarray(0, packed.length - 20));
  await assert.rejects(train({}), { code: 'DATA_INVALID', message: /x\.csv is gzip that cannot be unpacked/ });
});

test('data is read from a web address, by the rules for servers', async (t) => {
  const world = testWorld();
  const csv = table(USUAL);
  writeFileSync(join(world.cwd, 'usual.csv'), csv);
  const wanted = await trainModel(world, { target: 'y', set: STEPS, data: 'usual.csv', dryRun: true });
  const server = await httpServer(({ url, headers }, response) => {
    if (url.startsWith('/moved')) response.writeHead(302, { location: '/homes.csv?v=2' }).end();
    else if (url.startsWith('/elsewhere')) response.writeHead(302, { location: 'http://mlflow.example.org/x' }).end();
    else if (url.startsWith('/page')) response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    else if (url.startsWith('/none')) response.writeHead(404).end();
    else if (url.startsWith('/secret') && headers.authorization !== `Basic ${btoa('ada:p w')}`)
      response.writeHead(401).end();
    else if (url.startsWith('/packed')) response.end(gzipSync(csv));
    else response.end(csv);
  });
  t.after(() => server.close());
  const at = (path: string) =>
    trainModel(world, { target: 'y', set: STEPS, data: `${server.url}${path}`, dryRun: true });
  const trained = await at('/homes.csv');
  assert.equal(trained.digest.payload, wanted.digest.payload);
  assert.equal(trained.data!.digest, wanted.data!.digest);
  assert.equal(trained.data!.source, `${server.url}/homes.csv`);
  assert.equal((await at('/moved')).digest.payload, wanted.digest.payload);
  assert.equal((await at('/packed')).digest.payload, wanted.digest.payload);
  await assert.rejects(at('/elsewhere'), { code: 'REMOTE_REFUSED' });
  await assert.rejects(at('/page'), { code: 'REMOTE_REFUSED', message: /a web page/ });
  await assert.rejects(at('/none.csv'), { code: 'FILE_NOT_FOUND' });
  await assert.rejects(at('/secret.csv'), { code: 'UNAUTHENTICATED' });
  const data = `${server.url.replace('http://', 'http://ada:p%20w@')}/secret.csv`;
  const signedIn = await trainModel(world, { target: 'y', set: STEPS, data, dryRun: true });
  assert.equal(signedIn.digest.payload, wanted.digest.payload);
  assert.ok(!JSON.stringify(signedIn).includes('p%20w') && !JSON.stringify(signedIn).includes('p w@'));
  for (const source of ['http://169.254.169.254/x.csv', 'http://metadata.google.internal/x.csv'])
    await assert.rejects(trainModel(world, { target: 'y', data: source, dryRun: true }), { code: 'USAGE' });
});
