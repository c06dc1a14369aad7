import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { readPayload } from '../../src/inference/read-payload.js';
import { scratch } from '../support/paths.js';

const isMismatch = (error: unknown) => error instanceof MlctlError && error.code === 'INTEGRITY_MISMATCH';

describe('readPayload', () => {
  test('sees when the payload or its external data is swapped after the check', () => {
    const folder = scratch();
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write('model.onnx', 'model');
    write('w.bin', 'weights');
    const payload = readPayload(folder, 'model.onnx');
    assert.equal(Buffer.from(payload.bytes).toString(), 'model');
    assert.deepEqual(payload.externalFile('w.bin'), { size: 7 });
    payload.assertUnchanged();

    write('evil', 'WEIGHTS');
    renameSync(join(folder, 'w.bin'), join(folder, 'aside'));
    renameSync(join(folder, 'evil'), join(folder, 'w.bin'));
    assert.throws(() => payload.assertUnchanged(), isMismatch);
    // Put back, as if nothing had happened: the time of change tells.
    renameSync(join(folder, 'aside'), join(folder, 'w.bin'));
    assert.throws(() => payload.assertUnchanged(), isMismatch);

    const again = readPayload(folder, 'model.onnx');
    write('model.onnx', 'MODEL');
    assert.throws(() => again.assertUnchanged(), isMismatch);
    assert.match(String(again.externalFile('../w.bin')), /\.\./);
  });
});
