// `report` writes what the stores and the package say, for any model, and a whole file or none.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { reportModel } from '../../src/operations/report.js';
import { chromiumOf } from '../support/chromium.js';
import { cliJson, runCli } from '../support/cli.js';
import { irisLikePackage } from '../support/packages.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

interface Report {
  readonly failed: string[];
  readonly pictures: string[];
  readonly path: string;
  readonly bytes: number;
}

/** The page, as a reader sees it: without tags and style, entities resolved. */
const textOf = (page: string): string =>
  page
    .replace(/<style>[^<]*<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

const cwd = scratch('mlctl-report-');
const trained = cliJson<{ run_id: string; digest: { package: string } }>(
  ['train', '--register', '--stage', 'Production', '--alias', 'champion'],
  { cwd },
);
const artifacts = join(cwd, 'mlruns', '1', trained.run_id, 'artifacts');

test('a trained version: contract, lineage, metrics, pictures, checks, history, how to load it', () => {
  cliJson(['promote', 'iris_clf', '--stage', 'Staging', '--message', 'for <b>the</b> demo'], { cwd });
  const report = cliJson<Report>(['report', 'models:/iris_clf@champion', '-o', 'card.html'], { cwd });
  assert.deepEqual(report.failed, []);
  assert.deepEqual(report.pictures, [
    'plots/confusion_matrix.svg',
    'plots/roc_curve.svg',
    'plots/precision_recall.svg',
    'plots/coefficients.svg',
  ]);
  const page = readFileSync(join(cwd, 'card.html'), 'utf8');
  assert.equal(report.bytes, Buffer.byteLength(page));
  const text = textOf(page);
  for (const words of [
    'iris_clf version 1 models:/iris_clf@champion',
    'smoke passed 11 checks',
    'its files match the digest in the registry',
    '0.9667 ',
    'sepal length (cm) double 4.4',
    'probability_0 double 0.98',
    '29 of 30 evaluation rows right (96.7%)',
    `Run logreg_v1 ${trained.run_id}`,
    'Experiment 03-models-pyfunc',
    'By ',
    'iris 150 sha256:',
    'logistic_regression: C: 1.0',
    'onnxruntime==',
    'logistic_regression__max_iter 200',
    '120 rows to train on, 30 rows to test; random_state 42',
    'bytes proven 8 files',
    'rescore proven ',
    'rescore scoring the 30 evaluation rows again gave the logged metrics',
    'promote Staging none 1 for <b>the</b> demo',
    'mlctl predict models:/iris_clf/1 -i rows.csv',
    'const model = await load("models:/iris_clf/1");',
    'model = mlflow.pyfunc.load_model("models:/iris_clf/1")',
    `Package ${trained.digest.package}`,
    'model.onnx',
  ])
    assert.ok(text.includes(words), `${words} in ${text}`);
  // Three drawn again, the coefficients as the run has them.
  assert.equal(page.split('<svg').length - 1, 3);
  assert.equal(page.split('<img').length - 1, 1);
});

test('the same facts give the same page, but for the times', async () => {
  const pages: string[] = [];
  for (const out of ['a.html', 'b.html']) {
    const world = testWorld({ cwd, now: () => Date.UTC(2026, 11, 1) });
    await reportModel(world, { uri: `runs:/${trained.run_id}/model`, out }, { stdout: process.stdout });
    pages.push(readFileSync(join(cwd, out), 'utf8'));
  }
  assert.equal(pages[0], pages[1]);
});

test('stdout takes the page, --json or the page, and a file is needed', () => {
  const piped = runCli(['report', 'models:/iris_clf/1', '-o', '-'], { cwd });
  assert.equal(piped.code, 0);
  assert.match(piped.stdout, /^<!doctype html>\n[\s\S]*<\/html>\n$/);
  assert.match(piped.stderr, /wrote the model card of models:\/iris_clf\/1; smoke passed/);
  assert.equal(runCli(['report', 'models:/iris_clf/1', '-o', '-', '--json'], { cwd }).code, 2);
  assert.equal(runCli(['report', 'models:/iris_clf/1'], { cwd }).code, 2);
});

test('a folder and a logged model without a run of evaluation have a card that says what is not known', async () => {
  const world = testWorld();
  await writeFolderAtomically(join(world.cwd, 'sound'), irisLikePackage());
  const document = await reportModel(world, { uri: 'sound', out: 'card.html' }, { stdout: process.stdout });
  assert.deepEqual(document.failed, []);
  const text = textOf(readFileSync(join(world.cwd, 'card.html'), 'utf8'));
  for (const words of ['no digest was recorded for its files', 'No run is recorded', 'a double 1', 'mlctl smoke sound'])
    assert.ok(text.includes(words), `${words} in ${text}`);
  const logged = cliJson<{ model_uri: string }>(['log', 'sound', '--metric', 'val_acc=0.5', '--param', 'depth=3'], {
    cwd: world.cwd,
  });
  const report = cliJson<Report>(['report', logged.model_uri, '-o', 'logged.html'], { cwd: world.cwd });
  assert.deepEqual(report.pictures, []);
  const page = textOf(readFileSync(report.path, 'utf8'));
  for (const words of ['0.5 ', 'depth 3', 'Data not recorded']) assert.ok(page.includes(words), `${words} in ${page}`);
});

test('a model that smoke refuses has a card that says so; one whose bytes changed has none, and the old file stays', () => {
  const folder = scratch('mlctl-report-');
  const { run_id } = cliJson<{ run_id: string }>(['train', '--register'], { cwd: folder });
  const kept = join(folder, 'mlruns', '1', run_id, 'artifacts');
  const labels = join(kept, 'evaluation', 'y_te.csv');
  writeFileSync(labels, readFileSync(labels, 'utf8').replace('\n0\n', '\n1\n'));
  const report = cliJson<Report>(['report', 'models:/iris_clf/1', '-o', 'card.html'], { cwd: folder });
  assert.deepEqual(report.failed, ['rescore']);
  const before = readFileSync(join(folder, 'card.html'), 'utf8');
  assert.match(textOf(before), /smoke failed: rescore/);
  const [model] = readdirSync(join(folder, 'mlruns', '1', 'models'));
  appendFileSync(join(folder, 'mlruns', '1', 'models', model!, 'artifacts', 'MLmodel'), '# changed\n');
  const refused = cliJson<{ error: { code: string } }>(['report', 'models:/iris_clf/1', '-o', 'card.html'], {
    cwd: folder,
    expect: 7,
  });
  assert.equal(refused.error.code, 'INTEGRITY_MISMATCH');
  assert.equal(readFileSync(join(folder, 'card.html'), 'utf8'), before);
  assert.equal(runCli(['report', 'models:/iris_clf/2', '-o', 'none.html'], { cwd: folder }).code, 3);
  assert.ok(!existsSync(join(folder, 'none.html')));
  mkdirSync(join(folder, 'taken'));
  assert.equal(
    cliJson<{ error: { code: string } }>(['report', `runs:/${run_id}/model`, '-o', 'taken'], { cwd: folder, expect: 7 })
      .error.code,
    'INTEGRITY_MISMATCH',
  );
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('tmp')),
    [],
  );
});

test('a picture that somebody put into the run can neither run nor load anything', { timeout: 300_000 }, async (t) => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  const evil = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90" onload="fetch('http://127.0.0.1:${port}/a')"><script>fetch('http://127.0.0.1:${port}/b')</script><image href="http://127.0.0.1:${port}/c.png" width="9" height="9"/><style>@import url(http://127.0.0.1:${port}/d.css);</style></svg>`;
  writeFileSync(join(artifacts, 'plots', '"><script>x.svg'), evil);
  mkdirSync(join(artifacts, 'figures'));
  writeFileSync(join(artifacts, 'figures', 'large.png'), Buffer.alloc(3 * 1024 * 1024));
  t.after(() => rmSync(join(artifacts, 'figures'), { recursive: true }));
  const report = cliJson<Report>(['report', 'models:/iris_clf/1', '-o', 'evil.html'], { cwd });
  assert.ok(report.pictures.includes('plots/"><script>x.svg'));
  const page = readFileSync(report.path, 'utf8');
  assert.ok(!page.includes('<script'));
  assert.match(page, /1 more picture of the run is left out/);
  const chromium = chromiumOf();
  if ('skip' in chromium) return t.skip(chromium.skip);
  assert.doesNotMatch(chromium.dom(pathToFileURL(report.path).href), /<script/);
  assert.equal(asked, 0);
});
