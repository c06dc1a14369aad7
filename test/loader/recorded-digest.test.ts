import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PACKAGE_DIGEST_TAG, PAYLOAD_DIGEST_TAG, recordedDigest } from '../../src/loader/recorded-digest.js';

const tagged = <T>(digest: string, payload?: string): T => ({ tags: tags(digest, payload) }) as T;
const tags = (digest: string, payload?: string) =>
  new Map([[PACKAGE_DIGEST_TAG, digest], ...(payload ? [[PAYLOAD_DIGEST_TAG, payload] as const] : [])]);
const [version, model, run] = [tagged<never>('v', 'p'), tagged<never>('m'), tagged<never>('r')];

test('the version counts first, then the logged model, then the run if its tags are about this folder', () => {
  assert.deepEqual(recordedDigest({ version, model, run, runSpeaks: true }), {
    package: 'v',
    payload: 'p',
    source: 'registry',
  });
  assert.deepEqual(recordedDigest({ model, run, runSpeaks: true }), { package: 'm', payload: null, source: 'run' });
  assert.deepEqual(recordedDigest({ run, runSpeaks: true }), { package: 'r', payload: null, source: 'run' });
  assert.equal(recordedDigest({ run, runSpeaks: false }), null);
  assert.equal(recordedDigest({ version: { tags: new Map() } as never, runSpeaks: true }), null);
});
