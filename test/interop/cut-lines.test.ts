// Large files over lines that are cut again and again, to and from a real S3 server: what arrives is whole, and only the rest is sent anew.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { openArtifacts } from '../../src/artifacts/open.js';
import { downloadTree, uploadTree } from '../../src/artifacts/transfer.js';
import { scratch } from '../support/paths.js';
import { openStack } from '../support/stack.js';
import { openLine } from '../support/tcp-line.js';
import { testWorld } from '../support/worlds.js';

const MB = 1024 * 1024;
const stack = openStack([]);

describe('lines that are cut', { skip: 'skip' in stack ? stack.skip : false }, () => {
  if ('skip' in stack) return;
  after(() => stack.stop());
  const direct = stack.env['MLFLOW_S3_ENDPOINT_URL'] ?? '';
  const location = `s3://${stack.bucket}/cut`;
  const file = join(scratch(), 'large.bin');
  const content = randomBytes(90 * MB);
  const sha256 = createHash('sha256').update(content).digest('hex');
  writeFileSync(file, content);
  const storeBy = (endpoint: string) =>
    openArtifacts(location, {
      world: testWorld({
        now: Date.now,
        env: {
          ...stack.env,
          MLFLOW_S3_ENDPOINT_URL: endpoint,
          MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR: '0.1',
          MLFLOW_HTTP_REQUEST_BACKOFF_JITTER: '0.1',
        },
      }),
      trackingUri: null,
    });

  test('an upload in parts: each part that was cut goes again, none else', async (t) => {
    // Six connections break, each after 5 MB of its 16 MB part.
    const line = await openLine(direct, (connection, there) =>
      connection <= 6 && there > 5 * MB ? 'is cut' : 'goes on',
    );
    t.after(() => line.close());
    const [sent] = await uploadTree(await storeBy(line.url), '', new Map([['large.bin', { file }]]));
    assert.equal(sent?.sha256, sha256);
    assert.equal(line.broken(), 6);
    // Nothing of an unfinished upload stays behind.
    const places = readdirSync(join(stack.folder, 's3', stack.bucket), { recursive: true, withFileTypes: true });
    assert.deepEqual(
      places.filter((entry) => entry.isFile()).map(({ name }) => name),
      ['large.bin'],
    );
  });

  test('a download goes on where it broke', async (t) => {
    const line = await openLine(direct, (connection, _, back) =>
      connection <= 4 && back > 17 * MB ? 'is cut' : 'goes on',
    );
    t.after(() => line.close());
    const [came] = await downloadTree(await storeBy(line.url), '', scratch());
    assert.equal(came?.sha256, sha256);
    assert.equal(line.broken(), 4);
    // One for each break and the last: had any begun anew, the line would have been cut again and again.
    assert.ok(line.count() <= 6, `${line.count()} connections`);
  });

  test('a line that is cut at once, always, is given up with words', async (t) => {
    const line = await openLine(direct, () => 'is cut');
    t.after(() => line.close());
    await assert.rejects(downloadTree(await storeBy(line.url), '', scratch()), { code: 'REMOTE_UNREACHABLE' });
  });
});
