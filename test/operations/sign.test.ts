// sign and verify of registered versions: on the embedded store and on real MLflow servers, with each way of passing off one signed
// model for another.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { loadModel } from '../../src/operations/load.js';
import { makeSigningKey } from '../../src/operations/make-signing-key.js';
import { listModels } from '../../src/operations/models.js';
import { registerModel } from '../../src/operations/register.js';
import { signModel } from '../../src/operations/sign.js';
import { trainModel } from '../../src/operations/train.js';
import { verifyModel } from '../../src/operations/verify.js';
import type { SignatureVerdict } from '../../src/signing/types.js';
import type { World } from '../../src/world.js';
import { runCli } from '../support/cli.js';
import { startMlflow } from '../support/mlflow-server.js';
import { scratch } from '../support/paths.js';
import { pythonOf } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const key = 'k';
const publicKey = 'k.pub';

const statuses = ({ parts }: SignatureVerdict): string => parts.map(({ status }) => status).join(' ');
const messageOf = ({ parts }: SignatureVerdict): string => parts.find(({ status }) => status === 'fail')?.message ?? '';

const below = (folder: string, name: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name === name)
    .map((one) => join(one.parentPath, one.name));

/** The folder that has come since `before` and holds a signature. */
const signatureFolders = (root: string): string[] => below(root, 'model.sig').map((file) => dirname(file));

/** `root`: where the artifacts of the store lie on this machine. */
async function proves(world: World, root: string): Promise<void> {
  await makeSigningKey(world, { path: key });
  await makeSigningKey(world, { path: 'other' });
  const trained = await trainModel(world, { register: 'iris' });
  const uri = 'models:/iris/1';
  const verify = (at = uri, more = {}) => verifyModel(world, { uri: at, publicKey, ...more });

  const unsigned = await verify();
  assert.deepEqual([unsigned.valid, statuses(unsigned)], [false, 'fail skip skip skip']);
  assert.match(messageOf(unsigned), /there is no signature, so nothing says who made these files/);

  const signed = await signModel(world, { uri, key });
  assert.deepEqual(signed.bound, { name: 'iris', version: 1, run_id: trained.run_id });
  assert.deepEqual(signed.statements, ['provenance', 'test_result']);
  const verdict = await verify();
  assert.deepEqual([verdict.valid, statuses(verdict)], [true, 'pass pass pass pass']);
  assert.deepEqual([verdict.bound, verdict.root, verdict.key], [signed.bound, signed.root, signed.key]);
  checkProvenance(verdict, trained.run_id);
  await checkTag(world, signed.root, trained.run_id);

  const [folder = ''] = signatureFolders(root);
  const files = ['model.sig', 'provenance.intoto.json', 'test-result.intoto.json'].map((name) => join(folder, name));
  const kept = scratch();
  for (const file of files) cpSync(file, join(kept, basename(file)));
  const restore = () => {
    for (const file of files) cpSync(join(kept, basename(file)), file);
  };

  // Stripped.
  for (const [i, file] of files.entries()) {
    rmSync(file);
    const stripped = await verify();
    assert.deepEqual(
      [stripped.valid, statuses(stripped)],
      [false, ['fail skip skip skip', 'pass pass fail pass', 'pass pass pass fail'][i]],
      basename(file),
    );
    restore();
  }
  // Changed where it is stored.
  for (const [i, file] of files.entries()) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace(/("payload":".{40})./, (_, start: string) => `${start}A`),
    );
    assert.match(statuses(await verify()), [/^fail/, /^pass pass fail/, /^pass pass pass fail/][i] ?? /^$/);
    restore();
  }
  // Signed by somebody else.
  await signModel(world, { uri, key: 'other' });
  assert.match(messageOf(await verify()), /by another key/);
  assert.equal((await verify(uri, { publicKey: 'other.pub' })).valid, true);
  restore();
  assert.equal((await verify()).valid, true);

  await passedOff(world, root, folder, trained.model_uri ?? '', trained.run_id);
  await loads(world, uri);
}

// biome-ignore lint/suspicious/noExplicitAny: a statement is JSON
type Loose = Record<string, any>;

function checkProvenance({ provenance, test_result: tested, root }: SignatureVerdict, runId: string | null): void {
  const { subject, predicate } = provenance as Loose;
  assert.equal(`sha256:${subject[0].digest.sha256}`, root);
  const { buildDefinition, runDetails } = predicate;
  assert.equal(buildDefinition.buildType, 'https://mlctl.dev/train/v1');
  assert.match(buildDefinition.externalParameters.recipe.digest.sha256, /^[0-9a-f]{64}$/);
  assert.match(buildDefinition.resolvedDependencies[0].digest.sha256, /^[0-9a-f]{64}$/);
  assert.equal(runDetails.metadata.invocationId, runId);
  assert.ok(runDetails.byproducts.some((one: { name: string }) => one.name === 'lineage.json'));
  const result = (tested as Loose)['predicate'];
  assert.equal(result.result, 'PASSED');
  assert.ok(result.passedTests.includes('golden'));
}

/** One short tag says where the signature is. */
async function checkTag(world: World, root: string, runId: string | null): Promise<void> {
  const { models } = await listModels(world, { name: 'iris' });
  const tags = models[0]?.versions?.[0]?.tags ?? {};
  const tag = JSON.parse(tags['mlctl.signature'] ?? '{}');
  assert.equal(tag.root, root);
  assert.match(tag.key, /^[0-9a-f]{64}$/);
  assert.match(tag.place, new RegExp(`^runs:/${runId}/signatures/[0-9a-f]{32}$`));
}

/** The same files under another name or number; other files under the same number; parts of other signatures. */
async function passedOff(
  world: World,
  root: string,
  folder: string,
  modelUri: string,
  runId: string | null,
): Promise<void> {
  const verify = (uri: string) => verifyModel(world, { uri, publicKey });
  await registerModel(world, { uri: modelUri, name: 'copy' });
  const copy = await verify('models:/copy/1');
  assert.match(messageOf(copy), /there is no signature/);
  const before = new Set(signatureFolders(root));
  const signedCopy = await signModel(world, { uri: 'models:/copy/1', key });
  assert.equal((await verify('models:/copy/1')).valid, true);
  const [copyFolder = ''] = signatureFolders(root).filter((one) => !before.has(one));
  // The signature of iris 1 put where that of copy 1 is: same files, same key, another name.
  rmSync(copyFolder, { recursive: true });
  cpSync(folder, copyFolder, { recursive: true });
  const wrongName = await verify('models:/copy/1');
  assert.deepEqual([wrongName.valid, statuses(wrongName)], [false, 'pass pass fail pass']);
  assert.match(
    messageOf(wrongName),
    new RegExp(`signed as version 1 of iris, run ${runId}, and this is version 1 of copy`),
  );
  assert.equal(signedCopy.bound?.name, 'copy');

  // A second model, signed as its own version 2: its parts do not mix with those of version 1.
  await trainModel(world, { register: 'iris', set: ['pipeline.0.logistic_regression.C=0.5'] });
  const seen = new Set(signatureFolders(root));
  await signModel(world, { uri: 'models:/iris/2', key });
  assert.equal((await verify('models:/iris/2')).valid, true);
  const [second = ''] = signatureFolders(root).filter((one) => !seen.has(one));
  const aside = scratch();
  cpSync(second, aside, { recursive: true });
  for (const [name, words] of [
    ['provenance.intoto.json', /the provenance is about other files than the signature/],
    ['test-result.intoto.json', /the test result is not the one that was signed with the provenance/],
    ['model.sig', /the files are not those that were signed: changed: /],
  ] as const) {
    cpSync(join(folder, name), join(second, name));
    const mixed = await verify('models:/iris/2');
    assert.equal(mixed.valid, false, name);
    assert.match(messageOf(mixed), words);
    cpSync(join(aside, name), join(second, name));
  }
  assert.equal((await verify('models:/iris/2')).valid, true);
}

async function loads(world: World, uri: string): Promise<void> {
  const loaded = await loadModel(world, { uri, publicKey });
  assert.match(loaded.signed_by ?? '', /^[0-9a-f]{64}$/);
  assert.equal((await loadModel(world, { uri })).signed_by, null);
  await assert.rejects(
    loadModel(world, { uri, publicKey: 'other.pub' }),
    (error) =>
      error instanceof MlctlError &&
      error.code === 'SIGNATURE_REFUSED' &&
      /does not hold.*by another key/.test(error.message),
  );
}

test('the embedded store: a version is signed and verified, and nothing else passes for it', {
  timeout: 300_000,
}, async () => {
  const world = testWorld({ now: Date.now });
  await proves(world, join(world.cwd, 'mlruns'));
});

for (const [title, environment] of [
  ['MLflow 3', 'mlflow'],
  ['MLflow 2.22', 'mlflow2'],
] as const) {
  const found = pythonOf(environment);
  test(`${title}: a version is signed and verified, and nothing else passes for it`, {
    skip: 'skip' in found ? found.skip : false,
    timeout: 600_000,
  }, async (t) => {
    assert.ok('python' in found);
    const folder = scratch();
    const server = await startMlflow(found.python, folder);
    t.after(() => server.stop());
    const env = { USER: 'ada', MLCTL_CACHE_DIR: scratch(), MLFLOW_TRACKING_URI: server.url };
    await proves(testWorld({ now: Date.now, env }), join(folder, 'art'));
  });
}

describe('models of the embedded store', () => {
  const world = testWorld({ now: Date.now });
  const verify = (uri: string, more = {}) => verifyModel(world, { uri, publicKey, ...more });

  test('a run and a logged model are signed without a name; the folder of the signature can be given', async () => {
    await makeSigningKey(world, { path: key });
    const { model_uri: run, model_id: model } = await trainModel(world, {});
    const signed = await signModel(world, { uri: run ?? '', key, skipSmoke: true });
    assert.deepEqual([signed.bound?.name, signed.statements], [null, ['provenance']]);
    for (const uri of [run ?? '', `models:/${model}`]) {
      const verdict = await verify(uri);
      assert.deepEqual([verdict.valid, statuses(verdict)], [true, 'pass pass pass skip'], uri);
    }
    // The same signature, kept with the copy of the files that it is about.
    const to = join(world.cwd, 'copy');
    await loadModel(world, { uri: run ?? '', to });
    assert.match(messageOf(await verify('copy')), /there is no signature/);
    await signModel(world, { uri: run ?? '', key, out: 'copy' });
    const folder = await verify('copy');
    assert.deepEqual([folder.valid, statuses(folder)], [true, 'pass pass pass pass']);
    assert.equal(folder.bound?.run_id, signed.bound?.run_id);
    assert.equal((await verify(run ?? '', { signature: 'copy' })).valid, true);
    assert.ok((await loadModel(world, { uri: 'copy', publicKey })).signed_by);
    writeFileSync(join(to, 'evil.py'), 'x');
    await assert.rejects(loadModel(world, { uri: 'copy', publicKey }), /not signed: evil\.py/);
    rmSync(join(to, 'evil.py'));
    // A key that comes with the model proves nothing.
    cpSync(join(world.cwd, publicKey), join(to, 'k.pub'));
    await assert.rejects(
      verify('copy', { publicKey: 'copy/k.pub' }),
      /in the folder that is verified, so it proves nothing/,
    );
  });

  test('other bytes at the place of a signed version are refused, whatever the tags say', async () => {
    const first = await trainModel(world, { register: 'rolled' });
    await signModel(world, { uri: 'models:/rolled/1', key });
    const place = (await loadModel(world, { uri: 'models:/rolled/1' })).path;
    writeFileSync(join(place, 'note.txt'), 'x');
    assert.match(messageOf(await verify('models:/rolled/1')), /not signed: note\.txt/);
    rmSync(join(place, 'note.txt'));
    renameSync(join(place, 'MLmodel'), join(place, 'MLmodel.old'));
    assert.match(messageOf(await verify('models:/rolled/1')), /missing: MLmodel; not signed: MLmodel\.old/);
    renameSync(join(place, 'MLmodel.old'), join(place, 'MLmodel'));
    assert.equal((await verify('models:/rolled/1')).valid, true);
    // What Python's MLflow writes into the package when it loads it is not a part of it, if it is true.
    const note = (version: number) =>
      writeFileSync(join(place, 'registered_model_meta'), `model_name: rolled\nmodel_version: '${version}'\n`);
    note(1);
    assert.equal((await verify('models:/rolled/1')).valid, true);
    note(7);
    assert.match(messageOf(await verify('models:/rolled/1')), /not signed: registered_model_meta/);
    assert.ok(first.run_id);
  });

  test('a model that fails smoke is not signed, unless no test result is asked for', async () => {
    const { run_id: run } = await trainModel(world, { register: 'bad' });
    const strict = { uri: 'models:/bad/1', key };
    // Other labels than those that the metrics of the run were taken from.
    for (const file of below(world.cwd, 'y_te.csv').filter((one) => one.includes(run ?? '')))
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('1', '2'));
    await assert.rejects(
      signModel(world, strict),
      (error) => error instanceof MlctlError && /was not signed, because smoke failed/.test(error.message),
    );
    assert.match(messageOf(await verify('models:/bad/1')), /there is no signature/);
    await signModel(world, { ...strict, skipSmoke: true });
    assert.equal(statuses(await verify('models:/bad/1')), 'pass pass pass skip');
  });

  test('a signature of another name in the folder: it is not signed itself, and hides no other file', async () => {
    const folder = join(world.cwd, 'named');
    mkdirSync(folder);
    writeFileSync(join(folder, 'f'), 'x');
    await signModel(world, { uri: 'named', key, out: 'aside' });
    renameSync(join(world.cwd, 'aside', 'model.sig'), join(folder, 'by-ada.sig'));
    const verdict = () => verify('named', { signature: 'named/by-ada.sig' });
    assert.equal((await verdict()).valid, true);
    for (const name of ['provenance.intoto.json', 'model.sig']) {
      writeFileSync(join(folder, name), '{}');
      assert.match(messageOf(await verdict()), new RegExp(`not signed: ${name}`));
      rmSync(join(folder, name));
    }
  });

  test('folders that cannot be protected whole are not signed', async () => {
    for (const [name, words] of [
      ['.gitattributes', /holds \.gitattributes, which the standard leaves out/],
      ['.git/config', /holds \.git, which the standard leaves out/],
      ['none', /has no files, so there is nothing to sign/],
    ] as const) {
      const folder = join(world.cwd, `f-${name.slice(1, 5)}`);
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      if (name !== 'none') writeFileSync(join(folder, name), 'x');
      await assert.rejects(signModel(world, { uri: folder, key }), words);
    }
    await assert.rejects(signModel(world, { uri: './nowhere', key }), /there is no file or folder/);
  });

  test('the commands: exit 7 with every part, nothing of the passphrase, and a document', () => {
    const { cwd } = world;
    const env = { MLCTL_SIGNING_PASSPHRASE: 'canary-passphrase-7' };
    mkdirSync(join(cwd, 'm'));
    writeFileSync(join(cwd, 'm', 'f'), 'x');
    const made = runCli(['sign', '--new-key', 'locked'], { cwd, env });
    assert.equal(made.code, 0, made.stderr);
    const signed = runCli(['sign', './m', '--key', 'locked'], { cwd, env });
    assert.equal(signed.code, 0, signed.stderr);
    assert.match(signed.stdout, /signed \.\/m/);
    const refused = runCli(['sign', './m', '--key', 'locked'], { cwd });
    assert.deepEqual([refused.code, /KEY_REFUSED|has a passphrase/.test(refused.stderr)], [2, true]);
    assert.equal(runCli(['verify', './m', '--public-key', 'locked.pub', '-q'], { cwd }).code, 0);
    writeFileSync(join(cwd, 'm', 'g'), 'x');
    const failed = runCli(['verify', './m', '--public-key', 'locked.pub', '--json'], { cwd });
    const document = JSON.parse(failed.stdout);
    assert.deepEqual([failed.code, document.schema, document.ok, document.valid], [7, 'mlctl.verify/1', false, false]);
    assert.deepEqual(document.parts[1].details.not_signed, ['g']);
    for (const { stdout, stderr } of [made, signed, refused, failed])
      assert.doesNotMatch(`${stdout}${stderr}`, /canary-passphrase-7/);
    assert.equal(runCli(['verify', './m'], { cwd }).code, 2);
  });
});
