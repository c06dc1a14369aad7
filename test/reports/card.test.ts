import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CheckDocument } from '../../src/documents/check.js';
import { cardPage } from '../../src/reports/card/card-page.js';
import type { ModelCard } from '../../src/reports/card/model-card.js';
import { confusionMatrixSvg } from '../../src/reports/confusion-matrix-svg.js';
import { chromiumOf } from '../support/chromium.js';
import { HOSTILE_TEXTS } from '../support/hostile-texts.js';
import { scratch } from '../support/paths.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;

/** A card with `text` in every field that comes from others. */
function cardOf(text: string): ModelCard {
  const check = (name: CheckDocument['name'], status: CheckDocument['status']): CheckDocument => ({
    name,
    status,
    message: text,
    hint: text,
    details: {},
    exit_code: status === 'fail' ? 1 : 0,
  });
  const resolved = {
    kind: 'version',
    run_id: text,
    name: text,
    version: 3,
    stage: text,
    alias: text,
    model_id: text,
    location: text,
  } as const;
  return {
    uri: text,
    pinnedUri: text,
    resolved,
    trackingUri: text,
    description: text,
    places: [text, `@${text}`],
    registered: '2026-11-30T12:00:00.000Z',
    flavor: text,
    madeWith: [[text, text]],
    signature: {
      inputs: [
        { name: `a${text}`, type: text, required: true },
        { name: `b${text}`, type: 'object', properties: { [`p${text}`]: { type: text } }, required: false },
      ],
      outputs: [{ name: text, type: text }],
      params: [{ name: text, type: text, default: text }],
    },
    example: { inputs: new Map([[`a${text}`, text]]), outputs: new Map([[text, text]]) },
    lineage: {
      run_id: text,
      run_name: text,
      run_status: 'FAILED',
      experiment: text,
      experiment_id: text,
      user: text,
      started: '2026-11-30T12:00:00.000Z',
      ended: '2026-11-30T12:00:02.500Z',
      source: text,
      git_commit: text,
      git_dirty: true,
      params: { [`p${text}`]: text },
      metrics: { val_acc: 0.9667, [`m${text}`]: text },
      data: [{ name: text, digest: text, source: `s${text}`, context: text }],
      tags: { 'mlctl.version': text, 'mlctl.recipe_digest': text },
    },
    origin: {
      schema: 'mlctl.lineage/1',
      made_by: 'train',
      user: text,
      source: text,
      started: '2026-11-30T12:00:00.000Z',
      ended: '2026-11-30T12:00:02.500Z',
      git: {
        commit: text,
        branch: text,
        remote: text,
        dirty: true,
        diff_digest: text,
        folder: `f${text}`,
        shallow: false,
        unknown: { [text]: text },
      },
      recipe: { digest: text, file: text, file_digest: text },
      data: [
        {
          role: 'training',
          name: `n${text}`,
          source: `s${text}`,
          kind: text,
          digest: text,
          bytes: 100,
          rows: 1500,
          columns: null,
          path: text,
        },
      ],
      split: { digest: text, train: 120, test: 30 },
      seeds: { [`s${text}`]: 42 },
      versions: { mlctl: text, node: text, onnxruntime: text, lock: text, platform: text },
      given: { path: text, digest: text },
    },
    originFault: text,
    proof: (['proven', 'recorded', 'unknown', 'refuted'] as const).map((verdict) => ({
      id: 'data',
      verdict,
      ok: verdict !== 'refuted',
      message: text,
      hint: text,
      evidence: [],
      details: {},
    })),
    recipe: `name: x\n${text}`,
    requirements: [text, 'numpy==2'],
    pictures: [
      {
        kind: 'drawn',
        name: 'x',
        svg: confusionMatrixSvg({
          labels: ['a', text],
          counts: [
            [1, 2],
            [3, 4],
          ],
        }),
      },
      { kind: 'recorded', name: text, type: 'image/png', base64: 'AAAA' },
    ],
    noPictures: text,
    smoke: {
      uri: text,
      resolved,
      flavor: text,
      digest: null,
      checks: [check('resolve', 'pass'), check('load', 'warn'), check('golden', 'fail'), check('rescore', 'skip')],
      predictions: [],
      started: '2026-11-30T12:00:00.000Z',
      elapsed_ms: 3,
    },
    verified: 'none',
    history: {
      moves: [
        {
          action: 'promote',
          kind: 'alias',
          target: text,
          from_version: null,
          to_version: 3,
          from_stage: null,
          user: text,
          time: '2026-11-30T12:00:00.000Z',
          message: text,
        },
      ],
      more: false,
    },
    digest: { package: DIGEST, payload: DIGEST },
    files: [{ path: text, size: 1234, sha256: 'b'.repeat(64) }],
    made: { time: '2026-11-30T12:00:00.000Z', version: '0.1.0' },
  };
}

/** Tags with the names of their attributes, in order, of a page or of what a browser made of it. */
function skeletonOf(page: string): string[] {
  return [...page.replace(/<style>[^<]*<\/style>/g, '<style></style>').matchAll(/<(\/?[a-z!][^\s>]*)([^>]*)>/gi)].map(
    ([, name, attributes]) =>
      [name!.toLowerCase(), ...[...attributes!.matchAll(/([^\s"'=]+)="[^"]*"/g)].map(([, key]) => key)].join(' '),
  );
}

/** Strict HTML: every `<` begins a tag of the template, every `&` an entity. */
function readStrictly(page: string): void {
  let at = 0;
  const pattern =
    /<(?:!doctype html|(\/?[a-z][a-z0-9]*)((?: [A-Za-z0-9-]+="[^"<>]*")*)\/?)>|(?:[^<>&]|&(?:amp|lt|gt|quot|#39);)+/gy;
  const body = page.replace(/<style>[^<]*<\/style>/, '<style></style>');
  for (const match of body.matchAll(pattern)) {
    assert.equal(match.index, at, `not the template at ${body.slice(at, at + 100)}`);
    at += match[0].length;
  }
  assert.equal(at, body.length, body.slice(at, at + 100));
}

test('a card has its sections in the order in which a reader asks', () => {
  const page = cardPage(cardOf('x'));
  assert.deepEqual(
    [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title),
    [
      'Metrics',
      'Contract',
      'Evaluation',
      'Lineage',
      'Parameters',
      'Proof',
      'Checks',
      'History',
      'How to load it',
      'Files',
    ],
  );
  for (const part of [
    '<h1>x <span>version 3</span></h1>',
    '<li class="fail">smoke failed: golden</li>',
    '<dd>0.9667</dd>',
    'took 2.5 s',
    'with uncommitted changes',
    '120 rows to train on, 30 rows to test; sx 42',
    '<span class="fail">refuted</span>',
    'export MLFLOW_TRACKING_URI=x',
    'mlctl predict x -i rows.csv -o predictions.csv',
    'model = mlflow.pyfunc.load_model(&quot;x&quot;)',
    `<code>${DIGEST}</code>`,
    '<td class="right">1,234</td>',
  ])
    assert.ok(page.includes(part), part);
  assert.equal(page, cardPage(cardOf('x')));
});

test('hostile texts in every field change no element and no attribute', () => {
  const harmless = skeletonOf(cardPage(cardOf('x')));
  for (const text of HOSTILE_TEXTS) {
    const page = cardPage(cardOf(text));
    readStrictly(page);
    // An empty text leaves out what would show it.
    if (text !== '') assert.deepEqual(skeletonOf(page), harmless, text);
    assert.doesNotMatch(
      page,
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u,
    );
    assert.deepEqual(
      [...page.matchAll(/<[^>]* (?:href|src)="([^"]{0,22})/g)].map(([, to]) => to),
      ['data:image/png;base64,'],
    );
  }
});

test('code lines keep hostile names inside of their literals', () => {
  const name = `a'b"c\\d $(id) \`id\``;
  const page = cardPage({ ...cardOf('x'), pinnedUri: `models:/${name}/1` })
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'");
  assert.ok(
    page.includes(`mlctl smoke 'models:/a'\\''b"c\\d $(id) \`id\`/1'`),
    page.slice(page.indexOf('mlctl smoke'), 60),
  );
  assert.ok(page.includes(`load(${JSON.stringify(`models:/${name}/1`)})`));
});

test('what nobody recorded is said to be unknown', () => {
  const page = cardPage({
    ...cardOf('x'),
    lineage: null,
    origin: null,
    originFault: null,
    proof: 'the run is gone',
    signature: null,
    example: null,
    history: null,
    recipe: null,
    requirements: [],
    pictures: [],
    noPictures: null,
    registered: null,
    trackingUri: null,
  });
  readStrictly(page);
  assert.match(page, /No run is recorded for this model/);
  assert.match(page, /The model was not audited: the run is gone/);
  assert.match(page, /logged without a signature/);
  for (const title of ['Metrics', 'Evaluation', 'Parameters', 'History'])
    assert.ok(!page.includes(`<h2>${title}</h2>`));
  assert.ok(!page.includes('MLFLOW_TRACKING_URI'));
});

test('large models stay a readable page', () => {
  const inputs = Array.from({ length: 5000 }, (_, i) => ({ name: `c${i}`, type: 'double', required: true }));
  const params = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`p${i}`, 'v'.repeat(8000)]));
  const card = cardOf('x');
  const page = cardPage({
    ...card,
    signature: { inputs, outputs: null, params: null },
    lineage: { ...card.lineage!, params },
    recipe: 'line\n'.repeat(100_000),
  });
  assert.ok(page.length < 1_000_000, `${page.length}`);
  assert.match(page, /Inputs \(5,000\)/);
  assert.match(page, /… and 4,800 more/);
  assert.match(page, /… and 99,880 more lines/);
});

test('Chromium finds in hostile cards only the elements of the template, runs nothing, and prints', {
  timeout: 300_000,
}, (t) => {
  const chromium = chromiumOf();
  if ('skip' in chromium) return t.skip(chromium.skip);
  const folder = scratch();
  const domOf = (name: string, text: string): string => {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, cardPage(cardOf(text)));
    return chromium.dom(pathToFileURL(file).href);
  };
  const harmless = skeletonOf(domOf('harmless', 'x'));
  assert.ok(harmless.length > 300, `${harmless.length}`);
  // All of them at once, between marks that would close what is open.
  const short = HOSTILE_TEXTS.filter(({ length }) => length < 200);
  const dom = domOf('hostile', short.slice(0, 24).join(' '));
  assert.deepEqual(skeletonOf(dom), harmless);
  assert.deepEqual(skeletonOf(domOf('hostile2', short.slice(24).join(' '))), harmless);
  const pdf = join(folder, 'card.pdf');
  chromium.print(pathToFileURL(join(folder, 'hostile.html')).href, pdf);
  const bytes = readFileSync(pdf);
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  assert.ok(bytes.length > 20_000, `${bytes.length}`);
});
