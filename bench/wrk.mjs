// Puts load on a server by wrk: answers per second, the slow end of the latency, refusals, and the processor time of the server's processes.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TICKS_PER_SECOND = 100;

/** Name of wrk, installed if that is possible; null if there is none. */
export function findWrk(root) {
  const done = spawnSync(process.execPath, [join(root, 'scripts', 'system-tool.mjs'), 'wrk'], { encoding: 'utf8' });
  return done.status === 0 ? done.stdout.trim() : null;
}

/** A script of wrk that posts `body` and counts answers that are not `expected` (null: any will do). */
function scriptFor(folder, name, body, expected) {
  const file = (kind, text) => {
    const path = join(folder, `${name}.${kind}`);
    writeFileSync(path, text);
    return path;
  };
  const read = (path) => `(function() local f = io.open("${path}", "rb"); local t = f:read("*a"); f:close(); return t end)()`;
  const check =
    expected === null
      ? ''
      : `local expected = ${read(file('expected', expected))}
wrong = 0
response = function(status, _, body) if status == 200 and body ~= expected then wrong = wrong + 1 end end
local threads = {}
setup = function(thread) table.insert(threads, thread) end`;
  return file(
    'lua',
    `wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = ${read(file('body', body))}
${check}
done = function(summary, latency, _)
  local wrong = 0
  ${expected === null ? '' : 'for _, thread in ipairs(threads) do wrong = wrong + (thread:get("wrong") or 0) end'}
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(99), e.status, e.connect + e.read + e.write + e.timeout, wrong))
end
`,
  );
}

/** Processor seconds and resident MiB of a process and all its descendants. */
export function usedBy(pid) {
  const parents = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      parents.set(Number(entry), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]), pages: Number(fields[21]) });
    } catch {
      // It ended meanwhile.
    }
  }
  const isOurs = (id) => id === pid || (parents.has(id) && id > 1 && isOurs(parents.get(id).parent));
  let ticks = 0;
  let pages = 0;
  for (const [id, facts] of parents)
    if (isOurs(id)) {
      ticks += facts.ticks;
      pages += facts.pages;
    }
  return { seconds: ticks / TICKS_PER_SECOND, mib: (pages * 4096) / 2 ** 20 };
}

/** Loads `url` for some seconds. `pid` is the server's, `folder` holds what wrk reads. */
export async function loadServer({ wrk, url, pid, body, expected = null, seconds, connections, folder }) {
  const name = `load-${new URL(url).port}-${body.length}`;
  const script = scriptFor(folder, name, body, expected);
  const before = usedBy(pid);
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', script, url];
  const child = spawn(wrk, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  await new Promise((resolve) => child.once('close', resolve));
  const after = usedBy(pid);
  const found = /^RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$/m.exec(text);
  if (found === null) throw new Error(`wrk on ${url}: ${text}`);
  const [requests, micros, p99, refused, failed, wrong] = found.slice(1).map(Number);
  if (requests === 0) throw new Error(`${url} answered nothing: ${text}`);
  return {
    rate: requests / (micros / 1e6),
    cpu: ((after.seconds - before.seconds) / requests) * 1e6,
    p99: p99 / 1000,
    requests,
    refused,
    failed,
    wrong,
    mib: after.mib,
  };
}
