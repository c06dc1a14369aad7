// A process of its own that logs and registers models of one name on a server: remote-worker.js URI NAME COUNT WHO.
// Prints one JSON line per version: its number, its digest, and the words in its file `who.txt`.
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores } from '../../src/session/stores.js';
import { createWorld } from '../../src/world.js';
import { irisLikePackage } from '../support/packages.js';
import { irisLikePlan } from '../support/plans.js';

const [uri = '', name = '', count = '', who = '', settings = '{}'] = process.argv.slice(2);
const world = createWorld({
  env: { ...(JSON.parse(settings) as Record<string, string>), USER: 'ada', MLFLOW_TRACKING_URI: uri },
});
const stores = lazyStores(world, {});
for (let i = 0; i < Number(count); i += 1) {
  const words = `${who} ${i}`;
  const done = await logModel(
    world,
    stores,
    {},
    irisLikePlan({
      params: new Map(),
      runFiles: new Map(),
      buildPackage: (ids) => new Map([['who.txt', new TextEncoder().encode(words)], ...irisLikePackage(ids)]),
      register: { name },
    }),
  );
  process.stdout.write(
    `${JSON.stringify({ version: done.registered?.version, digest: done.digest.package, words })}\n`,
  );
}
await stores.close();
