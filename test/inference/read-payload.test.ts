// What was hashed is what is opened: files that are swapped in between are not used, or refused.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { readPayload } from '../../src/inference/read-payload.js';
import { digestPackage } from '../../src/model/digest-package.js';
import { scratch } from '../support/paths.js';

const isMismatch = (error: unknown) => error instanceof MlctlError && error.code === 'INTEGRITY_MISMATCH';

async function packed() {
  const folder = scratch();
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('model.onnx', 'model');
  write('w.bin', 'weights');
  return { folder, write, digest: await digestPackage(folder) };
}

describe('readPayload', () => {
  test('returns the bytes that were kept when they were hashed, whatever is in the file now', async () => {
    const { folder, write, digest } = await packed();
    write('model.onnx', 'MODEL');
    assert.equal(Buffer.from(readPayload(folder, 'model.onnx', digest).bytes).toString(), 'model');
  });

  test('refuses a payload that was not kept and is not the one that was hashed', async () => {
    const { folder, write, digest } = await packed();
    const unkept = { files: digest.files, bytes: new Map() };
    assert.equal(Buffer.from(readPayload(folder, 'model.onnx', unkept).bytes).toString(), 'model');
    write('model.onnx', 'MODEL');
    assert.throws(() => readPayload(folder, 'model.onnx', unkept), isMismatch);
    write('new.onnx', 'model');
    assert.throws(() => readPayload(folder, 'new.onnx', unkept), isMismatch);
  });

  test('copies external data as it was hashed, into a private folder', async () => {
    const { folder, write, digest } = await packed();
    const payload = readPayload(folder, 'model.onnx', digest);
    assert.deepEqual(payload.externalFile('w.bin'), { size: 7 });
    assert.match(String(payload.externalFile('../w.bin')), /\.\./);
    const copies = join(scratch(), 'copies');
    assert.equal(payload.copyTo(copies), join(copies, 'model.onnx'));
    assert.equal(readFileSync(join(copies, 'w.bin'), 'utf8'), 'weights');
    if (process.platform !== 'win32') assert.equal(statSync(copies).mode & 0o777, 0o700);
    assert.ok(!existsSync(join(copies, 'other')));

    write('evil', 'WEIGHTS');
    renameSync(join(folder, 'evil'), join(folder, 'w.bin'));
    assert.throws(() => payload.copyTo(join(scratch(), 'copies')), isMismatch);
  });
});
