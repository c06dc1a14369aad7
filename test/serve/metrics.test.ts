// The counters' library loads when there is something to count; a failure to load it costs counts, and never an answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMetrics } from '../../src/serve/metrics/open-metrics.js';

const library = async () => (await import('prom-client')).default;

test('nothing is loaded before there is much to count, and nothing is lost by that', async () => {
  let loads = 0;
  const load = () => {
    loads += 1;
    return library();
  };
  const metrics = openMetrics(
    load,
    () => [],
    () => 0,
  );
  for (let i = 0; i < 63; i++) metrics.answered('/ping', 'GET', 200, 0.001);
  assert.equal(loads, 0);
  for (let i = 0; i < 200; i++) metrics.answered('/ping', 'GET', 200, 0.001);
  metrics.scored('iris', 5, null);
  metrics.reloaded('iris', 'changed');
  const { contentType, text } = await metrics.read();
  assert.equal(loads, 1);
  assert.match(contentType, /^text\/plain/);
  assert.match(text, /^mlctl_requests_total\{route="\/ping",method="GET",status="200"\} 263$/m);
  assert.match(text, /^mlctl_rows_total\{model="iris"\} 5$/m);
  assert.match(text, /^mlctl_reloads_total\{model="iris",result="changed"\} 1$/m);
});

test('a library that cannot be loaded is asked for again, and only who reads the counters is told', async () => {
  let isThere = false;
  const metrics = openMetrics(
    async () => {
      if (!isThere) throw new Error('too many open files');
      return library();
    },
    () => [],
    () => 0,
  );
  for (let i = 0; i < 64; i++) metrics.answered('/ping', 'GET', 200, 0.001);
  metrics.reloaded('iris', 'refused');
  await assert.rejects(metrics.read(), /too many open files/);
  isThere = true;
  metrics.answered('/ping', 'GET', 503, 0.001);
  assert.match((await metrics.read()).text, /^mlctl_requests_total\{route="\/ping",method="GET",status="503"\} 1$/m);
});
