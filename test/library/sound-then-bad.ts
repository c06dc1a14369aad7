// Three versions of one model, of which only the first may answer.
import { goldenOf } from '../../src/model/golden.js';
import { promoteModel } from '../../src/operations/promote.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores } from '../../src/session/stores.js';
import { ANSWER, irisLikePackage, SIGNATURE } from '../support/packages.js';
import { irisLikePlan } from '../support/plans.js';
import { testWorld } from '../support/worlds.js';

/** What no run of the model answers. */
const WRONG = { ...goldenOf(ANSWER), predictions: { ...goldenOf(ANSWER).predictions, label: [7, 7, 7] } };

/** Version 1 is sound and champion, version 2 gives other predictions than were recorded, version 3 promises no outputs any more. */
export async function soundThenBad() {
  const empty = testWorld();
  const world = testWorld({ cwd: empty.cwd, env: empty.env, now: Date.now });
  const stores = lazyStores(world, {});
  for (const { golden, signature } of [
    { golden: goldenOf(ANSWER), signature: SIGNATURE },
    { golden: WRONG, signature: SIGNATURE },
    { golden: goldenOf(ANSWER), signature: { ...SIGNATURE, outputs: null } },
  ])
    await logModel(
      world,
      stores,
      {},
      irisLikePlan({
        params: new Map([['of', JSON.stringify([golden.predictions['label'], signature.outputs])]]),
        buildPackage: (ids) => irisLikePackage({ ...ids, golden, signature }),
        signature,
        register: { name: 'm' },
      }),
    );
  await stores.close();
  const move = (version: number) =>
    promoteModel(world, { name: 'm', version, alias: 'champion', smoke: false, allowSignatureChange: true });
  await move(1);
  return { world, move };
}
