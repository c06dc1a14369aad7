// What every tracking store must do, whatever it is made of: one suite, run over each implementation.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import type { Metric, TrackingStore } from '../../src/tracking/tracking-store.js';
import { type Logged, logOneRun } from '../tracking/test-world.js';

const code = (wanted: string) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, wanted, error.message);
  return true;
};
const anyError = (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.notEqual(error.code, 'BUG');
  return true;
};

/** `open` is called once; the store may hold other things than this suite's. */
export function trackingStoreContract(name: string, open: () => Promise<TrackingStore>): void {
  describe(`tracking store: ${name}`, () => {
    let store: TrackingStore;
    let logged: Logged;
    before(async () => {
      store = await open();
      logged = await logOneRun(store, 'first');
    });
    after(() => store.close());

    test('an experiment is made once', async () => {
      const title = `exp ${randomUUID()}`;
      assert.equal(await store.getExperimentByName(title), null);
      const made = await store.ensureExperiment(title);
      assert.equal(made.lifecycleStage, 'active');
      assert.ok(made.artifactLocation.endsWith(`/${made.experimentId}`));
      assert.equal((await store.ensureExperiment(title)).experimentId, made.experimentId);
      assert.equal((await store.getExperiment(made.experimentId))?.name, title);
      assert.equal(await store.getExperiment('999999999'), null);
      const found = await store.searchExperiments({ filter: `name = '${title}'` });
      assert.deepEqual(
        found.items.map((e) => e.experimentId),
        [made.experimentId],
      );
    });

    test('a run is read as it was written', async () => {
      const run = await store.getRun(logged.runId);
      assert.ok(run);
      assert.equal(run.runName, 'first');
      assert.equal(run.userId, 'ada');
      assert.equal(run.status, 'FINISHED');
      assert.equal(run.endTime, run.startTime + 1000);
      assert.ok(run.artifactUri.endsWith(`/${logged.experimentId}/${logged.runId}/artifacts`));
      assert.deepEqual(Object.fromEntries(run.params), { C: '1.0', solver: 'lbfgs' });
      assert.equal(run.tags.get('mlflow.runName'), 'first');
      assert.equal(run.tags.get('stage of work'), 'done');
      assert.equal(run.metrics.get('acc')?.value, 0.75);
      assert.ok(Number.isNaN(run.metrics.get('nan')?.value));
      assert.ok((run.metrics.get('up')?.value ?? 0) >= Number.MAX_VALUE);
      assert.ok((run.metrics.get('down')?.value ?? 0) <= -Number.MAX_VALUE);
      assert.equal(run.metrics.get('curve')?.value, 0.2);
      assert.equal(run.metrics.get('curve')?.step, 2);
      const [dataset] = run.datasets;
      assert.equal(run.datasets.length, 1);
      assert.equal(dataset?.name, 'train');
      assert.equal(dataset?.digest, 'abcd1234');
      assert.equal(dataset?.tags.get('mlflow.data.context'), 'training');
      assert.deepEqual(
        run.modelOutputs.map((output) => output.modelId),
        logged.modelId === '' ? [] : [logged.modelId],
      );
      assert.equal(await store.getRun('0'.repeat(32)), null);
    });

    test('a repeated request finds the first run', async () => {
      const request = {
        experimentId: logged.experimentId,
        runName: 'twice',
        userId: 'ada',
        startTime: Date.now(),
        tags: new Map<string, string>(),
        requestId: randomUUID(),
      };
      const first = await store.createRun(request);
      assert.equal((await store.createRun(request)).runId, first.runId);
      assert.equal(first.status, 'RUNNING');
      assert.equal(first.endTime, null);
    });

    test('a param is written once', async () => {
      await store.logBatch(logged.runId, { params: new Map([['C', '1.0']]) });
      await assert.rejects(store.logBatch(logged.runId, { params: new Map([['C', '2.0']]) }), anyError);
      assert.equal((await store.getRun(logged.runId))?.params.get('C'), '1.0');
    });

    test('what a store would cut or reject is refused, naming the key', async () => {
      const names = (key: string) => (error: unknown) => anyError(error) && (error as Error).message.includes(key);
      await assert.rejects(
        store.logBatch(logged.runId, { params: new Map([['long', 'x'.repeat(6001)]]) }),
        names('long'),
      );
      await assert.rejects(
        store.logBatch(logged.runId, { tags: new Map([['longtag', 'x'.repeat(8001)]]) }),
        names('longtag'),
      );
      await assert.rejects(
        store.logBatch(logged.runId, { metrics: [{ key: 'a//b', value: 1, timestamp: 1, step: 0 }] }),
        names('a//b'),
      );
      await assert.rejects(store.logBatch(logged.runId, { params: new Map([['k'.repeat(251), 'x']]) }), anyError);
      await assert.rejects(store.logBatch(logged.runId, { params: new Map([['../up', 'x']]) }), anyError);
    });

    test('large batches are taken', async () => {
      const run = await store.createRun({
        experimentId: logged.experimentId,
        runName: 'large',
        userId: 'ada',
        startTime: Date.now(),
        tags: new Map(),
        requestId: randomUUID(),
      });
      const metrics: Metric[] = Array.from({ length: 1500 }, (_, i) => ({
        key: `m${i % 3}`,
        value: i,
        timestamp: 1000 + i,
        step: i,
      }));
      const params = new Map(Array.from({ length: 130 }, (_, i) => [`p${i}`, `${i}`]));
      await store.logBatch(run.runId, {
        params,
        metrics,
        tags: new Map([
          ['__proto__', 'x'],
          ['constructor', 'y'],
        ]),
      });
      const read = await store.getRun(run.runId);
      assert.equal(read?.params.size, 130);
      assert.equal(read?.metrics.get('m2')?.value, 1499);
      assert.equal(read?.tags.get('__proto__'), 'x');
      assert.equal(read?.tags.get('constructor'), 'y');
    });

    test('runs are searched, ordered and paged', async () => {
      const { experimentId } = await store.ensureExperiment(`search ${randomUUID()}`);
      for (const [i, value] of [0.5, 0.9, Number.NaN, 0.7, null].entries()) {
        const run = await store.createRun({
          experimentId,
          runName: `r${i}`,
          userId: 'ada',
          startTime: 1000 + i,
          tags: new Map([['i', `${i}`]]),
          requestId: randomUUID(),
        });
        if (value !== null)
          await store.logBatch(run.runId, { metrics: [{ key: 'acc', value, timestamp: 1, step: 0 }] });
        if (i < 2) await store.updateRun(run.runId, { status: 'FINISHED', endTime: 5000 });
      }
      const search = async (filter: string, orderBy: string[] = []) =>
        (await store.searchRuns({ experimentIds: [experimentId], filter, orderBy })).items.map((run) => run.runName);
      assert.deepEqual(await search(''), ['r4', 'r3', 'r2', 'r1', 'r0']);
      assert.deepEqual(await search('metrics.acc > 0.6', ['metrics.acc DESC']), ['r1', 'r3']);
      assert.deepEqual(await search("attributes.status = 'FINISHED'", ['start_time ASC']), ['r0', 'r1']);
      assert.deepEqual(await search("tags.i != '3' and tags.i LIKE '_'", ['start_time ASC']), ['r0', 'r1', 'r2', 'r4']);
      assert.deepEqual(await search('', ['metrics.acc DESC']), ['r1', 'r3', 'r0', 'r2', 'r4']);
      assert.deepEqual(await search("attributes.run_name ILIKE 'R1'"), ['r1']);
      const pages: string[] = [];
      for (let pageToken: string | undefined; ; ) {
        const page = await store.searchRuns({
          experimentIds: [experimentId],
          maxResults: 2,
          ...(pageToken ? { pageToken } : {}),
        });
        pages.push(page.items.map((run) => run.runName).join(''));
        if (page.nextPageToken === null) break;
        pageToken = page.nextPageToken;
      }
      assert.deepEqual(pages, ['r4r3', 'r2r1', 'r0']);
      await assert.rejects(search('metrics.acc >'), anyError);
    });

    test('a logged model is read as it was written', async (t) => {
      if (!(await store.hasLoggedModels())) {
        assert.equal(await store.getLoggedModel(`m-${'0'.repeat(32)}`), null);
        assert.deepEqual(await store.searchLoggedModels({ experimentIds: [logged.experimentId] }), []);
        t.diagnostic('the server has no logged models');
        return;
      }
      const read = await store.getLoggedModel(logged.modelId);
      assert.ok(read);
      assert.match(read.modelId, /^m-[0-9a-f]{32}$/);
      assert.equal(read.status, 'READY');
      assert.equal(read.sourceRunId, logged.runId);
      assert.ok(read.artifactUri.endsWith(`/models/${logged.modelId}/artifacts`));
      assert.equal(read.params.get('C'), '1.0');
      assert.equal(read.tags.get('mlctl.digest'), 'sha256:00');
      assert.deepEqual(
        read.metrics.map(({ key, value, datasetName }) => [key, value, datasetName]),
        [['acc', 0.75, 'train']],
      );
      await store.setLoggedModelTags(logged.modelId, new Map([['mlctl.digest', 'sha256:22']]));
      assert.equal((await store.getLoggedModel(logged.modelId))?.tags.get('mlctl.digest'), 'sha256:22');
      const found = await store.searchLoggedModels({
        experimentIds: [logged.experimentId],
        name: 'model',
        sourceRunId: logged.runId,
      });
      assert.deepEqual(
        found.map((entry) => entry.modelId),
        [logged.modelId],
      );
      assert.equal(await store.getLoggedModel(`m-${'0'.repeat(32)}`), null);
    });

    test('what is not there is said', async () => {
      await assert.rejects(store.logBatch('0'.repeat(32), { tags: new Map([['a', 'b']]) }), code('RUN_NOT_FOUND'));
    });
  });
}
