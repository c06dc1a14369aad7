// Requests that two servers in a row could read in two ways: each is refused once, and what hides behind it is not answered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { irisVersions } from '../library/iris-versions.js';
import { rawRequest } from './raw-request.js';
import { startServing } from './start-serving.js';

const POST = 'POST /invocations HTTP/1.1\r\nHost: localhost\r\n';
const HIDDEN = 'GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n';

const CASES: Readonly<Record<string, string>> = {
  'a length and chunks': `${POST}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'two lengths': `${POST}Content-Length: 0\r\nContent-Length: 60\r\n\r\n${HIDDEN}`,
  'an odd transfer encoding': `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'lines that end in LF only': `${POST.replaceAll('\r\n', '\n')}Transfer-Encoding: chunked\n\n0\n\n${HIDDEN}`,
  'a space before the colon': `${POST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'a negative length': `${POST}Content-Length: -1\r\n\r\n${HIDDEN}`,
  'no host': `GET /ping HTTP/1.1\r\n\r\n${HIDDEN}`,
  'chunks in HTTP/1.0': `POST /invocations HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'headers over 16 KB': `${POST}X-Long: ${'x'.repeat(20_000)}\r\nContent-Length: 0\r\n\r\n${HIDDEN}`,
};

test('none of nine ambiguous requests lets a second one through', async () => {
  const world = await irisVersions();
  await using server = await startServing(world);
  assert.match(await rawRequest(server.url, HIDDEN), /^HTTP\/1\.1 200 .*3\.\d+\.\d+$/s);
  for (const [name, text] of Object.entries(CASES)) {
    const answer = await rawRequest(server.url, text, 5000);
    assert.match(answer, name.includes('16 KB') ? /^HTTP\/1\.1 431 / : /^HTTP\/1\.1 4\d\d /, name);
    assert.equal(answer.match(/HTTP\/1\.1 \d/g)?.length, 1, `${name}: ${answer}`);
    assert.doesNotMatch(answer, /HTTP\/1\.1 200/, name);
  }
});
