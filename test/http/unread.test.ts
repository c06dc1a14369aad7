// A process whose work is done ends, whatever a server still has to say.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { httpServer } from '../support/http-server.js';

const moduleOf = (path: string): string => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);

test('an unread body does not keep the process alive, one that is being read does', async (t) => {
  const server = await httpServer((asked, response) => {
    response.writeHead(200).write('x');
    if (asked.url === '/read') setTimeout(() => response.end('y'), 300);
  });
  t.after(() => server.close());
  const run = async (path: string, then: string) => {
    const code = `
      import { openServer } from ${moduleOf('mlflow-server/open-server.js')};
      import { createWorld } from ${moduleOf('world.js')};
      const { http, base } = await openServer(createWorld(), ${JSON.stringify(server.url)});
      const answer = await http.stream({ method: 'GET', url: new URL(${JSON.stringify(path)}, base), idempotent: true });
      ${then}`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    const [status] = await once(child, 'close');
    clearTimeout(timer);
    return [status, out];
  };
  assert.deepEqual(await run('/endless', `process.stdout.write('done');`), [0, 'done']);
  assert.deepEqual(await run('/read', `for await (const one of answer.body) process.stdout.write(one);`), [0, 'xy']);
});
