// Whatever is asked, no reply holds a path, a stack, a setting or a version, and hostile names lead nowhere; nothing that was sent is logged.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { load } from '../../src/library/load.js';
import { VERSION } from '../../src/version.js';
import { FLOWER, irisVersions } from '../library/iris-versions.js';
import { HOSTILE_TEXTS } from '../support/hostile-texts.js';
import { rawRequest } from './raw-request.js';
import { startServing } from './start-serving.js';

const NAMES = [
  ...HOSTILE_TEXTS.filter((text) => text !== '' && Buffer.from(text).toString() === text),
  '../../x',
  '..',
  '.',
  '%2e%2e',
  '/etc/passwd',
  'C:\\windows',
  'iris_clf/../iris_clf',
  'x'.repeat(900),
];
const TENSOR = { name: 'x', datatype: 'FP64', shape: [1, 1], data: [1] };

interface Reply {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** The path as it stands: fetch would walk `..` before it asks. */
async function askAsIs(url: string, path: string, body?: unknown): Promise<Reply> {
  const sent = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
    'host: localhost',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(sent)}`,
    'connection: close',
  ];
  const answer = await rawRequest(url, `${lines.join('\r\n')}\r\n\r\n${sent}`);
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const type = /^content-type: (.*)$/im.exec(head)?.[1] ?? null;
  return { status: Number(head.split(' ')[1]), type, text: rest.join('\r\n\r\n') };
}

test('no reply to a hostile name or a broken body tells anything of the machine or the program', async () => {
  const world = await irisVersions({ SECRET_SETTING: 'canary-of-the-environment' });
  await using server = await startServing(world, { allowLoad: true });
  const places = [world.cwd, String(world.env['MLCTL_CACHE_DIR']), process.cwd(), 'canary-of-the-environment'];
  const told = new RegExp(
    [...places, VERSION, process.version].map((text) => text.replace(/[.\\/]/g, '\\$&')).join('|') +
      '|node_modules|\\.[cm]?[jt]s\\b:|\\bat \\S+ \\(|fastify|mlruns|root:x:',
    'i',
  );
  const look = ({ status, type, text }: Reply, asked: string, statuses: readonly number[]) => {
    assert.ok(statuses.includes(status), `${asked}: ${status} ${text}`);
    assert.match(type ?? '', /^application\/json/, asked);
    assert.doesNotMatch(text, told, asked);
  };
  for (const name of NAMES) {
    const path = encodeURIComponent(name);
    for (const address of [`/${path}`, `/v2/models/${path}`, `/v2/models/${path}/versions/${path}/ready`])
      look(await askAsIs(server.url, address), address, [400, 403, 404, 414]);
    const post = (place: string, body: unknown) => askAsIs(server.url, place, body);
    look(await post(`/v2/models/${path}/infer`, { inputs: [TENSOR] }), name, [400, 404, 414]);
    look(await post(`/invocations/${path}`, { instances: [FLOWER] }), name, [400, 404, 414]);
    for (const verb of ['load', 'unload'])
      look(await post(`/v2/repository/models/${path}/${verb}`, {}), name, [400, 404, 414]);
    look(await server.post('/v2/models/iris_clf/infer', { inputs: [{ ...TENSOR, name }] }), name, [400]);
    look(await server.post('/invocations', { dataframe_records: [{ [name]: 1 }] }), name, [400]);
    look(await server.post('/invocations', name), name, [400]);
    look(await server.post('/v2/models/iris_clf/infer', name), name, [400]);
  }
  for (const body of ['{"dataframe_records": [{', '', 'null', '[]', '{}', '\ufeff{}', '{"inputs": 1}', '\0'])
    for (const address of ['/invocations', '/v2/models/iris_clf/infer'])
      look(await server.post(address, body), `${address} ${body}`, [400]);
  // As they are, because fetch and other clients resolve dots themselves.
  for (const path of [
    '/v2/models/../../x',
    '/v2/models/..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/v2/models/%ff',
    '//x',
    '*',
  ]) {
    const answer = await rawRequest(server.url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 40[04] /, path);
    assert.doesNotMatch(answer, told, path);
  }
  assert.equal((await server.post('/invocations', { instances: [FLOWER] })).status, 200);
});

test('CVE-2026-0596: a model URI with characters of a shell never reaches one', async () => {
  const world = await irisVersions();
  const mark = join(world.cwd, 'ran');
  const commands = [
    `; touch ${mark}`,
    `$(touch ${mark})`,
    `\`touch ${mark}\``,
    `| touch ${mark} #`,
    `&& touch ${mark}`,
    `\ntouch ${mark}\n`,
  ];
  for (const command of commands)
    for (const uri of [
      `models:/iris_clf${command}`,
      `models:/iris_clf/1${command}`,
      `runs:/x${command}/model`,
      `${world.cwd}/x${command}`,
      command,
    ])
      await assert.rejects(load(uri, world), ({ exitCode }: { exitCode: number }) => [2, 3, 7].includes(exitCode), uri);
  await using server = await startServing(world, { allowLoad: true });
  for (const command of commands)
    assert.equal((await server.post(`/v2/repository/models/${encodeURIComponent(command)}/load`, {})).status, 404);
  assert.equal(existsSync(mark), false);
});

test('neither the access log nor the warnings hold what was sent, its query or a token', async () => {
  const world = await irisVersions();
  const accessLog = join(world.cwd, 'access.log');
  const canary = 'canary-of-a-payload';
  {
    const token = 'correct-horse-battery-staple';
    await using server = await startServing(world, { accessLog, token });
    const send = (path: string, body: string, type = 'application/json', authorization = `Bearer ${token}`) =>
      server.ask(path, {
        method: 'POST',
        headers: { 'content-type': type, authorization, 'user-agent': canary, cookie: canary, traceparent: canary },
        body,
      });
    const infer = '/v2/models/iris_clf/infer';
    const sent = [
      await send('/invocations', JSON.stringify({ dataframe_records: [{ ...FLOWER, 'petal width (cm)': canary }] })),
      await send('/invocations', JSON.stringify({ dataframe_records: [{ ...FLOWER, [canary]: 1 }] })),
      await send('/invocations', JSON.stringify({ instances: [FLOWER], params: { [canary]: canary } })),
      await send('/invocations', `{"${canary}`),
      await send('/invocations', canary, canary),
      await send(`/invocations?key=${canary}`, `${canary}\n1`, 'text/csv'),
      await send(infer, JSON.stringify({ id: canary, inputs: [{ ...TENSOR, name: canary }] })),
      await send(infer, JSON.stringify({ inputs: [TENSOR], outputs: [{ name: canary }] })),
      await send('/-/reload', canary),
      await send('/invocations', '{}', 'application/json', `Bearer ${canary}`),
    ];
    assert.deepEqual(
      sent.map(({ status }) => status),
      [400, 400, 400, 400, 415, 400, 400, 400, 200, 401],
    );
  }
  const lines = readFileSync(accessLog, 'utf8').trim().split('\n');
  assert.equal(lines.length, 10);
  for (const line of lines) assert.equal(JSON.parse(line).method, 'POST');
  for (const text of [...lines, ...world.notes]) {
    assert.ok(!text.includes(canary), text);
    assert.ok(!text.includes('correct-horse'), text);
  }
});
