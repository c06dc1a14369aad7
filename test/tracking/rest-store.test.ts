// MLflow servers as tracking stores and registries: both contracts, over three real versions.

import { after, test } from 'node:test';
import { openTracking } from '../../src/tracking/open.js';
import { modelRegistryContract } from '../contracts/model-registry.js';
import { trackingStoreContract } from '../contracts/tracking-store.js';
import { startMlflow } from '../support/mlflow-server.js';
import { scratch } from '../support/paths.js';
import { type PythonEnvironment, pythonOf } from '../support/python.js';
import type { Server } from '../support/server.js';
import { testWorld } from './test-world.js';

const SERVERS: readonly [name: string, environment: PythonEnvironment][] = [
  ['MLflow 3.17.2', 'mlflow'],
  ['MLflow 3.18.0', 'mlflow318'],
  ['MLflow 2.22.4', 'mlflow2'],
];

for (const [name, environment] of SERVERS) {
  const found = pythonOf(environment);
  if ('skip' in found) {
    test(`tracking store: ${name}`, (t) => t.skip(found.skip));
    continue;
  }
  let server: Server | undefined;
  after(() => server?.stop());
  const open = async () => {
    const folder = scratch();
    server ??= await startMlflow(found.python, folder);
    return openTracking(testWorld(folder, { MLFLOW_TRACKING_URI: server.url, HOME: folder }));
  };
  trackingStoreContract(name, open);
  modelRegistryContract(name, open);
}
