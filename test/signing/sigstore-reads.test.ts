// A second reader of our bundles: Sigstore's own library for JavaScript, which verifies P-256 keys.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { newKeyPair, readPrivateKey } from '../../src/signing/keys.js';
import { signModelFiles } from '../../src/signing/model-signature.js';

const { privatePem, publicPem, hint } = newKeyPair(undefined);
const key = readPrivateKey(privatePem, 'key', undefined);
const files = ['a', 'b/ü 🧪'].map((path, i) => ({ path, sha256: `${i}b`.repeat(32) }));

function verify(text: string): void {
  const trust = toTrustMaterial(
    { mediaType: '', tlogs: [], certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] },
    (asked) => {
      assert.equal(asked, hint);
      return { publicKey: createPublicKey(publicPem), validFor: () => true };
    },
  );
  const verifier = new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
  verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(text))));
}

test('Sigstore’s library verifies a signature, and refuses it once a letter of the payload is another', () => {
  const { bundle } = signModelFiles(files, 'm', [], key);
  verify(bundle);
  assert.throws(
    () => verify(bundle.replace(/("payload":".{60})./, (_, start: string) => `${start}Q`)),
    /signature verification failed/,
  );
});
