// What doctor says of S3 is what the client does: endpoint, region and addressing, held against the requests that arrive.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openArtifacts } from '../../../src/artifacts/open.js';
import { judgeS3 } from '../../../src/checks/doctor/s3.js';
import { httpServer } from '../../support/http-server.js';
import { scratch } from '../../support/paths.js';
import { testWorld } from '../../support/worlds.js';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'c4naryS3cretKey' };

test('doctor’s facts are the client’s facts, whoever gives them', async (t) => {
  const server = await httpServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/xml' }).end('<?xml version="1.0"?><ListBucketResult/>'),
  );
  t.after(() => server.close());
  const home = scratch();
  mkdirSync(join(home, '.aws'));
  const settings = `endpoint_url = ${server.url}\nregion = eu-west-3`;
  writeFileSync(
    join(home, '.aws', 'config'),
    `[default]\n${settings}\n[profile team]\nservices = mine\nregion = eu-west-4\n[services mine]\ns3 =\n  endpoint_url = ${server.url}\n`,
  );
  const bare = scratch();
  for (const [env, endpointFrom, regionFrom] of [
    [{ HOME: home }, 'the AWS profile default', 'the AWS profile default'],
    [{ HOME: home, AWS_PROFILE: 'team' }, 'the AWS profile team', 'the AWS profile team'],
    [{ HOME: home, AWS_REGION: 'eu-west-5' }, 'the AWS profile default', 'AWS_REGION'],
    [{ HOME: bare, AWS_ENDPOINT_URL_S3: server.url }, 'AWS_ENDPOINT_URL_S3', null],
    [
      { HOME: bare, MLFLOW_S3_ENDPOINT_URL: server.url, AWS_DEFAULT_REGION: 'eu-west-6' },
      'MLFLOW_S3_ENDPOINT_URL',
      'AWS_DEFAULT_REGION',
    ],
  ] as const) {
    const world = testWorld({ env: { ...KEYS, ...env } });
    const check = (await judgeS3(world)) ?? assert.fail('doctor says nothing of S3');
    assert.deepEqual(await (await openArtifacts('s3://bucket', { world, trackingUri: null })).list(''), []);
    const asked = server.asked.at(-1) ?? assert.fail('nothing was asked');
    const { details = {}, message } = check;
    assert.equal(check.status, 'pass');
    assert.equal(details['endpoint'], server.url);
    assert.equal(asked.headers.host, new URL(String(details['endpoint'])).host);
    assert.match(String(asked.headers.authorization), new RegExp(`/${details['region']}/s3/`));
    assert.equal(details['addressing'], asked.url.startsWith('/bucket') ? 'path' : 'virtual');
    assert.deepEqual([details['endpoint_from'], details['region_from']], [endpointFrom, regionFrom]);
    const named = regionFrom?.startsWith('the AWS profile') ? ` (${regionFrom})` : '';
    assert.equal(
      message,
      `${server.url} (${endpointFrom}), path-style, region ${details['region']}${named}, keys from ${details['credentials_from']}`,
    );
    assert.ok(!JSON.stringify(check).includes(KEYS.AWS_SECRET_ACCESS_KEY));
  }
});

test('what the client would refuse, doctor says in the same words', async () => {
  const home = scratch();
  for (const env of [
    { AWS_PROFILE: 'nothere' },
    { MLFLOW_S3_ENDPOINT_URL: 'minio:9000' },
    { MLFLOW_S3_IGNORE_TLS: 'yes', ...KEYS },
  ]) {
    const world = testWorld({ env: { HOME: home, ...env } });
    const check = (await judgeS3(world)) ?? assert.fail('doctor says nothing of S3');
    await assert.rejects(openArtifacts('s3://bucket', { world, trackingUri: null }), {
      message: check.message,
      hint: check.hint,
    });
    assert.equal(check.status, 'fail');
  }
});

test('what is incomplete or unsafe is warned of; without an endpoint AWS itself is meant', async () => {
  const judged = async (env: Record<string, string>) => {
    const check = await judgeS3(testWorld({ env: { HOME: scratch(), ...env } }));
    return `${check?.status}: ${check?.message}${check?.hint === undefined ? '' : ` | ${check.hint}`}`;
  };
  const aws = 'AWS, virtual-style, region us-east-1, keys from';
  assert.equal(await judged(KEYS), `pass: ${aws} AWS_ACCESS_KEY_ID`);
  assert.equal(
    await judged({ AWS_ACCESS_KEY_ID: 'id' }),
    `warn: ${aws} the default chain of AWS; AWS_ACCESS_KEY_ID is set, but its secret is not | set AWS_SECRET_ACCESS_KEY`,
  );
  assert.match(
    await judged({ ...KEYS, MLFLOW_S3_IGNORE_TLS: 'true' }),
    /^warn: AWS, .*; its certificate is not checked \| set AWS_CA_BUNDLE/,
  );
});

test('nothing is said where no variable and no profile says anything', async () => {
  assert.equal(await judgeS3(testWorld({ env: { HOME: scratch() } })), null);
});

test('S3 is spoken of if a variable or a profile sets anything for it, and not otherwise', async () => {
  const home = scratch();
  mkdirSync(join(home, '.aws'));
  const judged = async (env: Record<string, string> = {}) =>
    (await judgeS3(testWorld({ env: { HOME: home, ...env } })))?.status ?? null;
  assert.equal(await judged(), null);
  assert.equal(await judged(KEYS), 'pass');
  assert.equal(await judged({ AWS_REGION: 'eu-west-3' }), 'pass');
  const config = join(home, '.aws', 'config');
  writeFileSync(config, '[default]\noutput = json\n');
  assert.equal(await judged(), null, 'a profile that says nothing of S3');
  assert.equal(await judged(KEYS), 'pass');
  writeFileSync(config, '[default]\nregion = eu-west-3\n');
  assert.equal(await judged(), 'pass');
});
