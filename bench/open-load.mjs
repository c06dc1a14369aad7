// Sends requests at a fixed rate, whether or not the ones before were answered: what 200 and 503 were, and how long they took.
import { connect } from 'node:net';

const [address, rateText, secondsText, connectionsText, file] = process.argv.slice(2);
const { hostname, port, pathname } = new URL(address);
const [rate, seconds, connections] = [rateText, secondsText, connectionsText].map(Number);
const { readFileSync } = await import('node:fs');
const body = readFileSync(file);
const REQUEST = Buffer.concat([
  Buffer.from(`POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`),
  body,
]);
const END = '\r\n\r\n';
const PATIENCE_MS = 30_000;
/** The time that a server may take to notice what comes. */
const WARM_UP_MS = 1500;

const now = () => Number(process.hrtime.bigint()) / 1e6;
const free = [];
const counts = { offered: 0, sent: 0, ok: 0, busy: 0, busyWithoutRetryAfter: 0, other: 0, lost: 0 };
const accepted = [];
const refused = [];
const answers = new Map();
let open = 0;
let waiting = 0;

function addConnection() {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const one = { socket, sentAt: 0, parts: '' };
  socket.setEncoding('latin1');
  socket.on('connect', () => {
    open += 1;
    free.push(one);
  });
  socket.on('data', (text) => take(one, text));
  socket.on('error', () => {});
  socket.on('close', () => {
    if (one.sentAt > 0) {
      counts.lost += 1;
      waiting -= 1;
      one.sentAt = 0;
    }
    const at = free.indexOf(one);
    if (at >= 0) free.splice(at, 1);
    if (!isOver) addConnection();
  });
}

/** One answer at a time on each connection, so what is there once its length is there is the answer. */
function take(one, text) {
  one.parts += text;
  const head = one.parts.indexOf(END);
  if (head < 0) return;
  const length = Number(/^content-length: (\d+)/im.exec(one.parts)?.[1]);
  if (one.parts.length < head + END.length + length) return;
  const took = now() - one.sentAt;
  const isWarm = one.sentAt - start > WARM_UP_MS;
  const status = one.parts.slice(9, 12);
  if (status === '200') {
    counts.ok += 1;
    if (isWarm) accepted.push(took);
    const answer = one.parts.slice(head + END.length);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  } else if (status === '503') {
    counts.busy += 1;
    if (isWarm) refused.push(took);
    if (!/^retry-after: \d+/im.test(one.parts.slice(0, head))) counts.busyWithoutRetryAfter += 1;
  } else counts.other += 1;
  one.parts = '';
  one.sentAt = 0;
  waiting -= 1;
  free.push(one);
}

let isOver = false;
for (let i = 0; i < connections; i++) addConnection();
const opening = now();
while (open < connections && now() - opening < 10_000) await new Promise((resolve) => setTimeout(resolve, 5));

const start = now();
const tick = () => {
  const elapsed = now() - start;
  const due = Math.min(Math.floor((elapsed * rate) / 1000), Math.floor(rate * seconds));
  counts.offered = due;
  while (counts.sent < due && free.length > 0) {
    const one = free.pop();
    one.sentAt = now();
    one.socket.write(REQUEST);
    counts.sent += 1;
    waiting += 1;
  }
  if (elapsed < seconds * 1000) setImmediate(tick);
  else finish();
};
tick();

async function finish() {
  const ended = now();
  while (waiting > 0 && now() - ended < PATIENCE_MS) await new Promise((resolve) => setTimeout(resolve, 5));
  isOver = true;
  const at = (list, part) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))] ?? 0;
  console.log(
    JSON.stringify({
      ...counts,
      unanswered: waiting,
      answers: [...answers].map(([text, count]) => ({ text: text.slice(0, 200), count })).slice(0, 3),
      differentAnswers: answers.size,
      accepted: { p50: at(accepted, 0.5), p99: at(accepted, 0.99) },
      refused: { p50: at(refused, 0.5), p99: at(refused, 0.99) },
    }),
  );
  process.exit(0);
}
