// S3 as an artifact store against a real S3 server: what small fakes would only repeat after us.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openArtifacts } from '../../../src/artifacts/open.js';
import { downloadTree, uploadTree } from '../../../src/artifacts/transfer.js';
import { scratch } from '../../support/paths.js';
import { openStack, type Stack } from '../../support/stack.js';
import { testWorld } from '../../support/worlds.js';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const opened = openStack([]);
if (!('skip' in opened)) after(() => opened.stop());
const skip = 'skip' in opened ? opened.skip : false;

async function open(more: Record<string, string>) {
  const { env, bucket } = opened as Stack;
  const world = testWorld({ env: { HOME: scratch(), ...env, ...more }, now: Date.now });
  return openArtifacts(`s3://${bucket}/s3-server-test`, { world, trackingUri: null });
}

for (const mode of ['when_supported', 'when_required'])
  test(`two large files in parts at once, checksums ${mode}: they come back as they were`, { skip }, async () => {
    const store = await open({ AWS_REQUEST_CHECKSUM_CALCULATION: mode });
    const folder = scratch();
    const files = new Map(
      ['a', 'b'].map((name) => {
        const file = join(folder, name);
        writeFileSync(file, randomBytes(90_000_000 + (name === 'a' ? 0 : 20_000_000)));
        return [name, { file }] as const;
      }),
    );
    await Promise.all([...files].map(([name, source]) => uploadTree(store, mode, new Map([[name, source]]))));
    const target = scratch();
    await downloadTree(store, mode, target);
    for (const name of files.keys())
      assert.equal(Buffer.compare(readFileSync(join(target, name)), readFileSync(join(folder, name))), 0);
    await store.remove(mode);
    assert.deepEqual(await store.list(mode), []);
  });

test('keys the server does not know, and a secret that is not theirs, are a missing sign-in', { skip }, async () => {
  for (const env of [{ AWS_ACCESS_KEY_ID: 'nobody' }, { AWS_SECRET_ACCESS_KEY: 'wrong' }]) {
    const store = await open(env);
    const refused = { code: 'UNAUTHENTICATED', hint: /AWS_ACCESS_KEY_ID/ };
    await assert.rejects(store.list(''), refused);
    await assert.rejects(store.write('x', { bytes: Buffer.from('x') }), refused);
  }
});
