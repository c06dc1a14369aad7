// Whether work grows with its input and not with the square of it: the input is doubled and the time compared.
import assert from 'node:assert/strict';

type Work = () => void | Promise<void>;

/** Milliseconds of the main thread, the least of three tries, so that a busy machine does not count. */
async function least(work: Work): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
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
  let time = await least(await make(size));
  while (time < 25 && size < from * 512) {
    size *= 2;
    time = await least(await make(size));
  }
  assert.ok(time < 20_000, `${what}: ${size} takes ${Math.round(time)} ms`);
  for (let tries = 0; ; tries++) {
    const twice = await least(await make(size * 2));
    if (twice <= time * 3.2 || time < 5) return;
    // A garbage collection, or a table that grew, counts once; a square takes 16 times for four times the input.
    if (tries === 2 && (await least(await make(size * 4))) <= time * 9) return;
    if (tries === 2) assert.fail(`${what}: ${size} takes ${Math.round(time)} ms, twice of it ${Math.round(twice)} ms`);
    time = await least(await make(size));
  }
}
