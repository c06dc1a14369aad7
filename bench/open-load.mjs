// Puts load on a server over many connections: `{url, connections, seconds, body, rate?, expected?}` as JSON. With a rate, requests are sent at that
// rate whether or not the ones before were answered; without, each connection asks again as soon as it has its answer, also if it was told to
// come back later. Prints what the replies were and how long they took, from the moment a request was written.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const { url, connections, seconds, body, rate = null, expected = null } = JSON.parse(process.argv[2]);
const { hostname, port, pathname } = new URL(url);
const REQUEST = [
  `POST ${pathname} HTTP/1.1`,
  `Host: ${hostname}:${port}`,
  'Content-Type: application/json',
  `Content-Length: ${Buffer.byteLength(body)}`,
  '',
  body,
].join('\r\n');
const END = '\r\n\r\n';
/** What a server answers while it notices what comes is counted, but not timed. */
const WARM_UP_MS = 1500;
const PATIENCE_MS = 30_000;

const now = () => Number(process.hrtime.bigint()) / 1e6;
const counts = { sent: 0, accepted: 0, busy: 0, withoutRetryAfter: 0, other: 0, wrong: 0, lost: 0, unanswered: 0 };
const times = { accepted: [], busy: [] };
/** In turn, as if each were another client. */
const free = [];
let start = 0;
let isOver = false;

function open() {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true }).setEncoding('latin1');
  const one = { socket, sentAt: 0, text: '' };
  socket.on('data', (text) => take(one, text));
  socket.on('error', () => {});
  socket.on('close', () => {
    if (one.sentAt > 0) {
      counts.lost += 1;
      counts.unanswered -= 1;
    }
    const at = free.indexOf(one);
    if (at >= 0) free.splice(at, 1);
    if (!isOver) open();
  });
  return new Promise((resolve) => socket.once('connect', () => resolve(ready(one))));
}

/** Sends the next request on it, or keeps it until one is due. */
function ready(one) {
  if (start > 0 && rate === null && !isOver) send(one);
  else free.push(one);
}

function send(one) {
  counts.sent += 1;
  counts.unanswered += 1;
  one.sentAt = now();
  one.socket.write(REQUEST);
}

/** There is one request at a time on a connection, so the reply is whole once its length is there. */
function take(one, text) {
  one.text += text;
  const head = one.text.indexOf(END);
  if (head < 0) return;
  const length = Number(/^content-length: (\d+)/im.exec(one.text)?.[1]);
  if (one.text.length < head + END.length + length) return;
  judge(one, one.text.slice(0, head), one.text.slice(head + END.length));
  one.text = '';
  one.sentAt = 0;
  counts.unanswered -= 1;
  ready(one);
}

function judge({ sentAt }, head, answer) {
  const status = head.slice(9, 12);
  const kind = status === '200' ? 'accepted' : status === '503' ? 'busy' : 'other';
  counts[kind] += 1;
  if (kind === 'accepted' && expected !== null && answer !== expected) counts.wrong += 1;
  if (kind === 'busy' && !/^retry-after: \d+/im.test(head)) counts.withoutRetryAfter += 1;
  if (sentAt - start > WARM_UP_MS) times[kind]?.push(now() - sentAt);
}

await Promise.all(Array.from({ length: connections }, open));
start = now();
if (rate === null) for (const one of free.splice(0)) send(one);
for (let elapsed = 0; elapsed < seconds * 1000; elapsed = now() - start) {
  while (rate !== null && counts.sent < (elapsed * rate) / 1000 && free.length > 0) send(free.shift());
  await sleep(1);
}
const sentFor = (now() - start) / 1000;
isOver = true;
for (let waited = 0; counts.unanswered > 0 && waited < PATIENCE_MS; waited += 5) await sleep(5);
const at = (list, part) => list.sort((a, b) => a - b)[Math.floor(list.length * part)] ?? null;
const tails = (list) => ({ median: at(list, 0.5), p99: at(list, 0.99) });
console.log(JSON.stringify({ ...counts, sentRate: counts.sent / sentFor, rate: counts.accepted / sentFor, times: { accepted: tails(times.accepted), busy: tails(times.busy) } }));
process.exit(0);
