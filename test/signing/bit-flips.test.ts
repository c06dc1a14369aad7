// Every single bit of a signature and of its statements, turned around: each is refused, and nothing crashes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newKeyPair, readPrivateKey, readPublicKey } from '../../src/signing/keys.js';
import { signModelFiles } from '../../src/signing/model-signature.js';
import { signProvenance } from '../../src/signing/provenance.js';
import { signTestResult } from '../../src/signing/test-result.js';
import { verifyPackageSignature } from '../../src/signing/verify-package-signature.js';

const pair = newKeyPair(undefined);
const signer = readPrivateKey(pair.privatePem, 'key', undefined);
const key = readPublicKey(pair.publicPem, 'key.pub');
const files = ['MLmodel', 'data/wäge 🧪.bin', 'model.onnx'].map((path, i) => ({ path, sha256: `${i}a`.repeat(32) }));
const binding = { name: 'iris', version: 3, run_id: '0f'.repeat(16) };
const { root, bundle } = signModelFiles(files, 'iris/3', ['model.sig'], signer);
const facts = {
  ...binding,
  trained: true,
  recipe: { name: 'recipe.yaml', digest: { sha256: '00' } },
  internal: {},
  dependencies: [{ name: 'source', digest: { gitCommit: 'c0ffee' } }],
  byproducts: [],
  started: '2026-11-30T10:00:00.000Z',
  ended: null,
  signer: '0.1.0',
};
const tested = {
  checks: [{ name: 'golden', status: 'pass' as const }],
  started: '2026-11-30T10:00:00.000Z',
  digest: 'sha256:00',
  tester: '0.1.0',
};
const testResult = Buffer.from(signTestResult(root, 'iris/3', tested, signer));
const signed = (provenance: string) => ({
  signature: Buffer.from(bundle),
  provenance: Buffer.from(provenance),
  testResult,
});
const whole = signed(signProvenance(root, 'iris/3', facts, testResult, signer));
/** The provenance does not name the test result, so that only its own signature protects it. */
const loose = signed(signProvenance(root, 'iris/3', facts, null, signer));
const judge = (signature: typeof whole) => verifyPackageSignature({ files, single: false, signature, key, binding });

test('more than 20,000 bits of a signature and its statements: no flip is accepted', () => {
  assert.deepEqual([judge(whole).valid, judge(loose).valid], [true, true]);
  let flips = 0;
  for (const part of ['signature', 'provenance', 'testResult'] as const) {
    for (let at = 0; at < whole[part].length * 8; at++) {
      const bytes = Buffer.from(whole[part]);
      bytes[at >> 3] = (bytes[at >> 3] as number) ^ (1 << (at & 7));
      const { valid, parts } = judge({ ...(part === 'testResult' ? loose : whole), [part]: bytes });
      assert.equal(valid, false, `${part}: bit ${at} of ${JSON.stringify(bytes.toString('latin1'))}`);
      assert.equal(parts.length, 4);
      flips += 1;
    }
  }
  assert.ok(flips > 20_000, String(flips));
});

test('a signature cut off anywhere is refused', () => {
  for (let length = 0; length < whole.signature.length - 1; length += 7)
    assert.equal(judge({ ...whole, signature: whole.signature.subarray(0, length) }).valid, false, String(length));
});
