// Lists of many pages, from sources that end and from sources that never do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paged, pagedAll } from '../../src/tracking/paged.js';
import { allOf, firstOf, PAGE_LIMITS } from '../../src/tracking/pages.js';

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const limit = (words: RegExp) => ({ code: 'REMOTE_LIMIT', message: words });

test('pages are read until the last, and as many items are returned as were asked for', async () => {
  const ask = async (token: string | undefined) => {
    const at = Number(token ?? 0);
    return { items: range(at, at + 3), nextPageToken: at >= 6 ? null : String(at + 3) };
  };
  assert.deepEqual(await firstOf('runs', 5, ask), { items: range(0, 5), more: true });
  assert.deepEqual(await firstOf('runs', 6, ask), { items: range(0, 6), more: true });
  assert.deepEqual(await firstOf('runs', 9, ask), { items: range(0, 9), more: false });
  assert.deepEqual(await allOf('runs', ask), range(0, 9));
  const asked: unknown[] = [];
  await paged('runs', 4, async (request) => {
    asked.push(request);
    return ask(request.pageToken);
  });
  assert.deepEqual(asked, [{ maxResults: 4 }, { maxResults: 1, pageToken: '3' }]);
});

test('a page larger than any stack is read', async () => {
  const items = range(0, 300_000);
  const ask = async () => ({ items, nextPageToken: null });
  assert.equal((await paged('runs', 400_000, ask)).items.length, 300_000);
  await assert.rejects(pagedAll('runs', ask), limit(/more than 100000 runs/));
});

test('endless lists are an error: by pages, items, bytes, empty pages, tokens that come twice or are too long', async () => {
  let calls = 0;
  const endless =
    (count: number, bytes = 0) =>
    async () => {
      calls += 1;
      return { items: range(0, count), nextPageToken: `t${calls}`, bytes };
    };
  await assert.rejects(allOf('runs', endless(1)), limit(/more than 1000 pages/));
  assert.equal(calls, 1000);
  await assert.rejects(allOf('runs', endless(1000)), limit(/more than 100000 runs/));
  await assert.rejects(allOf('runs', endless(1, 64 << 20)), limit(/more than 268435456 bytes/));
  calls = 0;
  await assert.rejects(firstOf('runs', 10, endless(0)), limit(/50 pages in a row without an entry/));
  assert.equal(calls, 50);
  await assert.rejects(
    firstOf('runs', 10, async () => ({ items: [1], nextPageToken: 'same' })),
    limit(/came twice/),
  );
  const token = 'x'.repeat(PAGE_LIMITS.token + 1);
  await assert.rejects(
    firstOf('runs', 10, async () => ({ items: [1], nextPageToken: token })),
    limit(/token of 1000001 characters/),
  );
});
