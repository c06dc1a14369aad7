// Canary secrets in every place a secret can be set, over every command and over forced errors, with -v and --json:
// none may reach stdout, stderr, the store, or a file that was written.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cliEnded } from '../support/cli.js';
import { scratch } from '../support/paths.js';

const CANARY = {
  token: 'canary-token-5f1c',
  password: 'canary-password-77b0',
  aws: 'canaryAwsSecretKey0000000000000000009d3e',
  session: 'canary-session-token-a1',
  proxy: 'canary-proxy-password-3c',
  user: 'canary-url-password-e9',
  signature: 'canarysignature04ab',
};
const SECRETS = Object.values(CANARY);
const env = {
  MLFLOW_TRACKING_USERNAME: 'ann',
  MLFLOW_TRACKING_PASSWORD: CANARY.password,
  MLFLOW_TRACKING_TOKEN: CANARY.token,
  AWS_ACCESS_KEY_ID: 'AKIACANARY',
  AWS_SECRET_ACCESS_KEY: CANARY.aws,
  AWS_SESSION_TOKEN: CANARY.session,
  HTTP_PROXY: `http://proxy:${CANARY.proxy}@127.0.0.1:1`,
  HTTPS_PROXY: `http://proxy:${CANARY.proxy}@127.0.0.1:1`,
  NO_PROXY: '127.0.0.1',
  MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
};

const cwd = scratch('mlctl-secrets-');
let server = '';
let close = () => {};

before(async () => {
  // A server that gives back what it was sent: the header of the sign-in, in every kind of answer.
  const echo = createServer((request, response) => {
    const given = `${request.headers.authorization ?? ''} ${request.url}`;
    const status = [401, 403, 404, 500, 302][(request.url ?? '').length % 5]!;
    response.writeHead(status, {
      'content-type': 'application/json',
      location: `http://ann:${CANARY.user}@127.0.0.1:1/x?X-Amz-Signature=${CANARY.signature}`,
    });
    response.end(JSON.stringify({ error_code: 'INTERNAL_ERROR', message: `you sent ${given}` }));
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  server = `http://ann:${CANARY.user}@127.0.0.1:${(echo.address() as { port: number }).port}`;
  close = () => {
    echo.closeAllConnections();
    echo.close();
  };
  writeFileSync(
    join(cwd, 'rows.csv'),
    'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5.1,3.5,1.4,0.2\n',
  );
  writeFileSync(join(cwd, 'bad.csv'), 'a,b\n1,2\n');
});
after(() => close());

/** The secret as it is, and as an HTTP header carries it. */
function assertClean(text: string, where: string): void {
  for (const secret of SECRETS) {
    assert.ok(
      !text.includes(secret),
      `${secret} in ${where}: ${text.slice(Math.max(0, text.indexOf(secret) - 200), text.indexOf(secret) + 60)}`,
    );
    for (const user of ['ann', 'proxy'])
      assert.ok(!text.includes(Buffer.from(`${user}:${secret}`).toString('base64')), `${secret} encoded in ${where}`);
  }
}

async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<void> {
  for (const flags of [['-v'], ['--json', '-v']]) {
    const { stdout, stderr } = await cliEnded([...args, ...flags, '--timeout', '5'], {
      cwd,
      env: { ...env, MLCTL_DEBUG: '1', ...more },
    });
    assertClean(stdout + stderr, `mlctl ${args.join(' ')} ${flags.join(' ')}`);
  }
}

test('commands over the embedded store', async () => {
  for (const args of [
    ['train', '--register', '--tag', 'team=risk'],
    ['log', 'rows.csv'],
    ['load'],
    ['smoke', '--junit', 'smoke.xml'],
    ['predict', '-i', 'rows.csv', '-o', 'out.csv'],
    ['predict', '-i', 'bad.csv'],
    ['validate', '-i', 'bad.csv'],
    ['promote', 'iris_clf/1', '--alias', 'a'],
    ['runs'],
    ['models', 'iris_clf'],
    ['doctor'],
    ['version'],
  ])
    await run(args, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') });
});

test('URIs with a sign-in in them, servers that give it back, proxies', async () => {
  const unreachable = `http://ann:${CANARY.user}@127.0.0.1:1`;
  for (const uri of [server, unreachable, `ftp://ann:${CANARY.user}@host/x`, `postgresql://ann:${CANARY.user}@host/db`])
    for (const args of [['train'], ['load', 'models:/x/1'], ['smoke', 'models:/x/1'], ['runs'], ['models'], ['doctor']])
      await run([...args, '--tracking-uri', uri]);
  await run(['runs'], { MLFLOW_TRACKING_URI: unreachable, NO_PROXY: '' });
  await run(['doctor'], { MLFLOW_TRACKING_URI: server, MLFLOW_S3_ENDPOINT_URL: `http://k:${CANARY.user}@127.0.0.1:1` });
  for (const uri of [
    `s3://bucket/key?X-Amz-Signature=${CANARY.signature}`,
    `https://host/model?X-Amz-Signature=${CANARY.signature}`,
    `https://ann:${CANARY.user}@host/model`,
  ])
    for (const args of [
      ['load', uri],
      ['smoke', uri],
      ['register', uri, '--name', 'x'],
    ])
      await run(args, { MLFLOW_S3_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_REGION: 'us-east-1', AWS_MAX_ATTEMPTS: '1' });
});

test('nothing that was written holds one', () => {
  let files = 0;
  for (const entry of readdirSync(cwd, { recursive: true })) {
    const file = join(cwd, String(entry));
    if (!statSync(file).isFile()) continue;
    files += 1;
    assertClean(readFileSync(file, 'latin1'), String(entry));
  }
  // The store, its copy, two packages, evidence, reports.
  assert.ok(files > 20, `${files} files`);
});
