// A bundle gives the same lines without the stores, byte for byte, and shows whatever was done to it since.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { auditExitCode } from '../../src/checks/audit-exit-code.js';
import type { AuditDocument, AuditVerdict } from '../../src/documents/audit.js';
import { MlctlError } from '../../src/errors/error.js';
import { digestFolder } from '../../src/files/digest-folder.js';
import { auditModel } from '../../src/operations/audit.js';
import { type AuditedStore, auditedStore, copyOf, UNTOUCHED, verdictsOf } from '../support/audited-store.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

let store: AuditedStore;
let bundle: string;
let online: AuditDocument;

/** A machine that has neither the store nor the data nor the repository. */
const elsewhere = () => testWorld({ env: { MLCTL_CACHE_DIR: scratch('mlctl-cache-'), MLCTL_OFFLINE: '1' } });

const judge = (folder: string, more: object = {}) =>
  auditModel(elsewhere(), { uri: folder, offline: true, publicKey: store.publicKey, ...more });

before(async () => {
  store = await auditedStore(async (work) => ({
    uri: `sqlite:///${work}/mlflow.db`,
    database: join(work, 'mlflow.db'),
    artifacts: join(work, 'mlruns'),
  }));
  bundle = join(mkdtempSync(join(tmpdir(), 'mlctl-bundle-')), 'evidence');
  process.on('exit', () => rmSync(join(bundle, '..'), { recursive: true, force: true }));
  online = await store.audit({ bundle });
});

test('the lines are the same bytes without the stores, wherever the bundle lies', async () => {
  for (const folder of [bundle, copyOf(bundle)]) {
    const offline = await judge(folder);
    assert.equal(JSON.stringify(offline.lines), JSON.stringify(online.lines));
    assert.deepEqual(offline.bundle?.problems, []);
    assert.equal(offline.bundle?.digest, online.bundle?.digest);
    assert.equal(offline.audited, online.audited);
    assert.equal(auditExitCode(offline), 0);
  }
  assert.deepEqual(verdictsOf(online), UNTOUCHED);
});

test('without the key the signature is only recorded, and that is not a change of the bundle', async () => {
  const { lines, bundle: read } = await auditModel(elsewhere(), { uri: bundle });
  assert.deepEqual(verdictsOf({ lines } as AuditDocument), { ...UNTOUCHED, signature: 'recorded' });
  assert.deepEqual(read?.problems, []);
});

test('what is refuted in the stores is refuted by the bundle, in the same words', async () => {
  for (const [path, place] of [
    ['model.onnx', store.folders.model],
    ['lineage.json', store.folders.run],
    ['evaluation/y_te.csv', store.folders.run],
  ] as const) {
    const undo = store.file(join(place, path), (bytes) => `${bytes} `);
    const folder = join(scratch(), 'evidence');
    try {
      const before = await store.audit({ bundle: folder });
      assert.equal(auditExitCode(before), 1);
      const after = await judge(folder);
      assert.equal(JSON.stringify(after.lines), JSON.stringify(before.lines), path);
      assert.deepEqual(after.bundle?.problems, []);
    } finally {
      undo();
    }
  }
});

test('a folder that is there is not written into', async () => {
  await assert.rejects(
    () => store.audit({ bundle }),
    (error) => error instanceof MlctlError && error.code === 'FILE_EXISTS',
  );
});

test('the bill of materials is valid CycloneDX 1.6, also with hostile names, and has the model card', async () => {
  const text = readFileSync(join(bundle, 'bom.cdx.json'), 'utf8');
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  assert.equal(await validator.validate(text), null);
  assert.notEqual(await validator.validate(text.replace('"machine-learning-model"', '"spell"')), null);
  const bom = JSON.parse(text);
  const model = bom.metadata.component;
  assert.equal(model.type, 'machine-learning-model');
  assert.equal(model.name, 'audited');
  assert.equal(model.hashes[0].content, online.digest?.payload?.slice('sha256:'.length));
  assert.equal(model.modelCard.modelParameters.task, 'classification');
  assert.ok(
    model.modelCard.quantitativeAnalysis.performanceMetrics.some(({ type }: { type: string }) => type === 'val_acc'),
  );
  assert.deepEqual(
    bom.components.filter(({ type }: { type: string }) => type === 'data').map(({ name }: { name: string }) => name),
    ['rows.csv'],
  );
  assert.ok(bom.components.some(({ purl }: { purl?: string }) => purl === 'pkg:pypi/onnxruntime@1.32.0'));
  const undo = await store.sql("UPDATE params SET value = ? WHERE key = 'target'", '\u001b[31m<script>\u202e');
  const folder = join(scratch(), 'evidence');
  try {
    await store.audit({ bundle: folder });
    const hostile = readFileSync(join(folder, 'bom.cdx.json'), 'utf8');
    assert.equal(await validator.validate(hostile), null);
    assert.doesNotMatch(hostile, /\u001b|\u202e/);
  } finally {
    await undo();
  }
});

/** Writes SHA256SUMS again, as who tampers would. */
async function seal(folder: string): Promise<void> {
  const { files } = await digestFolder(folder);
  const sums = files.filter(({ path }) => path !== 'SHA256SUMS').map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
}

interface Change {
  readonly name: string;
  readonly does: (folder: string) => void | Promise<void>;
  readonly sealed?: true;
  readonly flips?: Partial<Record<string, AuditVerdict>>;
  readonly problem: RegExp;
}

const edit = (path: string, from: RegExp | string, to: string) => (folder: string) => {
  const file = join(folder, path);
  const text = readFileSync(file, 'latin1');
  const changed = text.replace(from, to);
  assert.notEqual(changed, text, `${path} has no ${from}`);
  writeFileSync(file, changed, 'latin1');
};

const OTHER_FILES = {
  bytes: 'refuted',
  registry: 'recorded',
  golden: 'unknown',
  rescore: 'unknown',
  signature: 'refuted',
} as const;

const CHANGES: readonly Change[] = [
  {
    name: 'a bit of the graph was flipped',
    does: (folder) => {
      const bytes = readFileSync(join(folder, 'model/model.onnx'));
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(join(folder, 'model/model.onnx'), bytes);
    },
    flips: OTHER_FILES,
    problem: /^model\/model\.onnx was changed since/,
  },
  {
    name: 'the lineage names another user',
    does: edit('run/lineage.json', '"ada"', '"eve"'),
    flips: {
      run: 'recorded',
      record: 'refuted',
      data: 'unknown',
      recipe: 'unknown',
      code: 'unknown',
      dependencies: 'unknown',
    },
    problem: /^run\/lineage\.json was changed since/,
  },
  {
    name: 'a true label was changed',
    does: edit('run/evaluation/y_te.csv', 'no', 'yes'),
    flips: { rescore: 'refuted' },
    problem: /^run\/evaluation\/y_te\.csv was changed since/,
  },
  {
    name: 'the signature is gone',
    does: (folder) => rmSync(join(folder, 'model.sig')),
    flips: { signature: 'refuted' },
    problem: /^model\.sig is missing since/,
  },
  {
    name: 'a file was added',
    does: (folder) => writeFileSync(join(folder, 'approved.txt'), 'yes'),
    problem: /^approved\.txt was added since/,
  },
  {
    name: 'the bill of materials has another hash',
    does: edit('bom.cdx.json', /"content": "[0-9a-f]{8}/, '"content": "00000000'),
    problem: /^bom\.cdx\.json was changed since/,
  },
  {
    name: 'a metric of the run is better, and the list of digests was made again',
    does: edit('audit.json', /("key": "val_acc",\s+"value": )[\d.]+/g, '$10.9999'),
    sealed: true,
    flips: { record: 'refuted', rescore: 'refuted' },
    problem: /^the line record is refuted by what is in the bundle, but audit\.json says proven/,
  },
  {
    name: 'a verdict was changed, and the list of digests was made again',
    does: edit('audit.json', '"verdict": "unknown"', '"verdict": "proven"'),
    sealed: true,
    problem: /^the line reproduction is unknown by what is in the bundle, but audit\.json says proven/,
  },
  {
    name: 'the words of a line were changed, and the list of digests was made again',
    does: edit('audit.json', 'has the digest that was recorded', 'is public'),
    sealed: true,
    problem: /^the line data of audit\.json is not what mlctl says of the bundle/,
  },
  {
    name: 'the bill of materials was changed, and the list of digests was made again',
    does: edit('bom.cdx.json', 'classification', 'regression'),
    sealed: true,
    problem: /^bom\.cdx\.json is not the bill of materials of what is in the bundle/,
  },
  {
    name: 'the recorded name is another, and the list of digests was made again',
    does: edit('audit.json', /"name": "audited"/g, '"name": "approved"'),
    sealed: true,
    flips: { signature: 'refuted' },
    problem: /^the line bytes of audit\.json is not what mlctl says|^the line signature is refuted/,
  },
];

describe('a change of the bundle shows', () => {
  for (const { name, does, sealed, flips = {}, problem } of CHANGES) {
    test(name, async () => {
      const folder = copyOf(bundle);
      await does(folder);
      if (sealed) await seal(folder);
      const audit = await judge(folder);
      assert.deepEqual(verdictsOf(audit), { ...UNTOUCHED, ...flips }, JSON.stringify(audit.lines, null, 1));
      assert.ok(
        audit.bundle?.problems.some((one) => problem.test(one)),
        audit.bundle?.problems.join('\n'),
      );
      assert.equal(auditExitCode(audit), 1);
    });
  }
});

test('another bundle, whole and true, is not the one that was expected', async () => {
  const other = join(scratch(), 'evidence');
  await store.audit({ uri: 'models:/audited/2', bundle: other });
  const expect = online.bundle!.digest;
  assert.equal(auditExitCode(await judge(bundle, { expect })), 0);
  const swapped = await judge(other, { expect });
  assert.equal(auditExitCode(swapped), 1);
  assert.match(swapped.bundle!.problems[0]!, /^its digest is sha256:\w+, and sha256:\w+ was expected/);
});

test('a bundle that cannot be read is refused in words, whatever is wrong with it', async () => {
  const hostile: readonly (readonly [string, (folder: string) => void])[] = [
    ['audit.json is cut', (folder) => writeFileSync(join(folder, 'audit.json'), '{"schema": "mlctl.audit-b')],
    ['audit.json is a list', (folder) => writeFileSync(join(folder, 'audit.json'), '[]')],
    ['audit.json is of another version', edit('audit.json', 'mlctl.audit-bundle/1', 'mlctl.audit-bundle/9')],
    ['a part of audit.json is missing', edit('audit.json', '"stores"', '"shops"')],
    ['a part of audit.json has another type', edit('audit.json', /"run_speaks": (true|false)/, '"run_speaks": 1')],
    ['SHA256SUMS is gone', (folder) => rmSync(join(folder, 'SHA256SUMS'))],
    ['SHA256SUMS is not a list', (folder) => writeFileSync(join(folder, 'SHA256SUMS'), 'fine\n')],
  ];
  for (const [name, does] of hostile) {
    const folder = copyOf(bundle);
    does(folder);
    await assert.rejects(
      () => judge(folder),
      (error) => error instanceof MlctlError && error.code === 'BUNDLE_INVALID' && error.exitCode === 7,
      name,
    );
  }
});

test('every bit of the record counts: a flipped one is refused or shows', async () => {
  const folder = copyOf(bundle);
  const file = join(folder, 'audit.json');
  const whole = readFileSync(file);
  for (let at = 7; at < whole.length; at += Math.ceil(whole.length / 12)) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 1 << (at % 7);
    writeFileSync(file, bytes);
    const exit = await judge(folder).then(auditExitCode, (error: MlctlError) => error.exitCode);
    assert.ok(exit === 1 || exit === 7, `byte ${at}: ${exit}`);
  }
});

test('the public key does not come from the bundle', async () => {
  const folder = copyOf(bundle);
  writeFileSync(join(folder, 'trusted.pub'), readFileSync(store.publicKey));
  await assert.rejects(
    () => judge(folder, { publicKey: join(folder, 'trusted.pub') }),
    (error) => error instanceof MlctlError && error.code === 'KEY_REFUSED',
  );
});
