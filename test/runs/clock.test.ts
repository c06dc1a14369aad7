// A clock before 1970 is refused before a run is made: MLflow takes no metric of such a time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainModel } from '../../src/operations/train.js';
import { openTracking } from '../../src/tracking/open.js';
import { testWorld } from '../support/worlds.js';

test('training at a time before 1970 makes no run', async () => {
  const world = testWorld({ now: () => -1e9 });
  await assert.rejects(trainModel(world, {}), {
    code: 'CONFIG_INVALID',
    message: /says 1969-12-20T10:13:20.000Z, and MLflow stores no time before 1970/,
    hint: /set the clock/,
  });
  const tracking = await openTracking(world);
  const { items } = await tracking.searchRuns({ experimentIds: ['0', '1'], maxResults: 10 });
  assert.deepEqual(items, []);
  await tracking.close();
});
