// Whether work grows with its input and not with the square of it: the input is doubled and the time compared.
import assert from 'node:assert/strict';

type Work = () => void | Promise<void>;

/** Milliseconds of processor time. */
async function costOf(work: Work): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Long enough to measure. */
const LONG_MS = 25;

/** The least of three tries, so that a busy machine does not count; a try of at most `enough` is the last one. */
async function least(work: Work, enough = 0): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 && best > enough; i++) best = Math.min(best, await costOf(work));
  return best;
}

/** One try is enough to see that a work is too short. */
async function untilLong(work: Work): Promise<number> {
  const once = await costOf(work);
  return once < LONG_MS ? once : Math.min(once, await least(work));
}

/**
 * `make(n)` builds an input of size n and gives the work over it. From `from` on the size is doubled until the work takes long
 * enough to measure; from there twice the input may take at most 3.2 times as long (a square takes 4 times, n log n about 2.2).
 */
export async function assertGrowsWithInput(
  what: string,
  from: number,
  make: (n: number) => Work | Promise<Work>,
): Promise<void> {
  let size = from;
  let work = await make(size);
  // The first call of all also compiles.
  await work();
  let time = await untilLong(work);
  while (time < LONG_MS && size < from * 512) {
    size *= 2;
    work = await make(size);
    time = await untilLong(work);
  }
  assert.ok(time < 20_000, `${what}: ${size} takes ${Math.round(time)} ms`);
  for (let tries = 0; ; tries++) {
    const most = time * 3.2;
    const twice = await least(await make(size * 2), most);
    if (twice <= most || time < 5) return;
    // A garbage collection, or a table that grew, counts once; a square takes 16 times for four times the input.
    if (tries === 2 && (await least(await make(size * 4), time * 9)) <= time * 9) return;
    if (tries === 2) assert.fail(`${what}: ${size} takes ${Math.round(time)} ms, twice of it ${Math.round(twice)} ms`);
    time = await least(await make(size));
  }
}
