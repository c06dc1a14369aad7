// Two trained versions of iris_clf with the same signature and other answers, in a store of their own: the first is in Production and
// is champion.
import { train } from '../../src/library/make-models.js';
import { promote } from '../../src/library/move-models.js';
import { testWorld } from '../support/worlds.js';

export const FLOWER = {
  'sepal length (cm)': 5.1,
  'sepal width (cm)': 3.5,
  'petal length (cm)': 1.4,
  'petal width (cm)': 0.2,
};

/** A flower that only its petal tells from others. */
export const flower = (i: number) => ({ ...FLOWER, 'petal length (cm)': 1 + i / 2000 });

type Row = Record<string, unknown>;
export const probability = (row: Row | undefined): number => row?.['probability_0'] as number;

/** `env`: where the store is, if it is not in the folder of the world. */
export async function irisVersions(env: Record<string, string> = {}) {
  const empty = testWorld();
  const world = testWorld({ cwd: empty.cwd, env: { ...empty.env, ...env }, now: Date.now });
  await train({ register: 'iris_clf' }, world);
  await promote({ name: 'iris_clf', version: 1, stage: 'Production', alias: 'champion', smoke: false }, world);
  await train({ register: 'iris_clf', set: ['logistic_regression.C=0.01'] }, world);
  return world;
}

/** Without smoke: it is the watcher that judges here. */
export const moveChampion = (world: Awaited<ReturnType<typeof irisVersions>>, version: number, more = {}) =>
  promote({ name: 'iris_clf', version, alias: 'champion', smoke: false, ...more }, world);
