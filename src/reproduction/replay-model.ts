// Turns a model that mlctl did not train into what can be proven of it: recorded predictions are replayed and metrics are scored again.
import { scoreAgain } from '../checks/score-again.js';
import { MlctlError } from '../errors/error.js';
import type { OpenModel } from '../inference/types.js';
import type { Evaluation } from '../loader/evaluation.js';
import type { FetchedPackage } from '../loader/fetch-package.js';
import { openFetched } from '../loader/open-model.js';
import { GOLDEN_FILE, parseGolden } from '../model/golden.js';
import { GOLDEN_TOLERANCE } from '../model/golden-tolerance.js';
import { relativeDifference } from '../model/relative-difference.js';
import { castExample, storedExample } from '../packaging/read-input-example.js';
import { castCsv } from '../schema/cast.js';
import type { World } from '../world.js';
import { compareAnswers, compareMetrics } from './compare-answers.js';
import type { ReproduceOptions } from './reproduction.js';
import type { Finding, Identical, ReproductionDifference } from './types.js';

interface Replayed extends Finding {
  readonly identical: Pick<Identical, 'predictions' | 'metrics'>;
  readonly rows: { readonly golden_rows: number; readonly evaluation_rows: number };
  readonly metrics: ReadonlyMap<string, number>;
}

/** `golden`: the predictions that `register` recorded beside the version. */
export async function replayModel(
  world: World,
  pkg: FetchedPackage,
  golden: string | null,
  evaluation: Evaluation,
  options: ReproduceOptions,
): Promise<Replayed> {
  let model: OpenModel;
  try {
    model = await openFetched(world, pkg, options);
  } catch (error) {
    if (!(error instanceof MlctlError) || !['MODEL_UNSUPPORTED', 'RUNTIME_MISSING'].includes(error.code)) throw error;
    const identical = { predictions: null, metrics: null };
    const why = `predictions and metrics: the model cannot run here (${error.message})`;
    return {
      identical,
      rows: { golden_rows: 0, evaluation_rows: 0 },
      metrics: new Map(),
      differences: [],
      unprovable: [why],
    };
  }
  try {
    const replayed = await replay(world, pkg, model, golden);
    const scored = await score(pkg, model, evaluation);
    return {
      identical: { predictions: replayed.same, metrics: scored.same },
      rows: { golden_rows: replayed.rows, evaluation_rows: scored.rows },
      metrics: scored.metrics,
      differences: [...replayed.differences, ...scored.differences],
      unprovable: [
        ...(replayed.why === undefined ? [] : [`predictions: ${replayed.why}`]),
        ...(scored.why === undefined ? [] : [`metrics: ${scored.why}`]),
      ],
    };
  } finally {
    await model.close();
  }
}

interface Part {
  readonly same: boolean | null;
  readonly rows: number;
  readonly differences: readonly ReproductionDifference[];
  readonly why?: string;
}

const unknown = (why: string): Part => ({ same: null, rows: 0, differences: [], why });

async function replay(world: World, pkg: FetchedPackage, model: OpenModel, golden: string | null): Promise<Part> {
  const bytes = pkg.digest.bytes.get(GOLDEN_FILE);
  const text = bytes ? new TextDecoder().decode(bytes) : golden;
  if (text === null) return unknown('none were recorded when the model was logged');
  const example = storedExample(pkg);
  const { signature } = pkg.model;
  if (example === null || signature === null) return unknown('the model has no input example with a signature');
  const { table } = await castExample(world, example, signature, 'strict');
  const differences = compareAnswers(await model.predict(table), parseGolden(text), 'input example');
  return { same: differences.length === 0, rows: table.rows, differences };
}

async function score(
  pkg: FetchedPackage,
  model: OpenModel,
  evaluation: Evaluation,
): Promise<Part & { readonly metrics: ReadonlyMap<string, number> }> {
  const none = (why: string) => ({ ...unknown(why), metrics: new Map<string, number>() });
  if ('missing' in evaluation) return none(evaluation.missing);
  const { signature } = pkg.model;
  if (signature === null) return none('the model has no signature');
  const cast = castCsv(evaluation.rows, signature);
  if (!cast.ok) return none(`the evaluation rows break the signature: ${cast.findings[0]?.message ?? 'refused'}`);
  const scored = await scoreAgain(await model.predict(cast.table), evaluation.labels);
  if (typeof scored === 'string') return none(scored);
  const logged = new Map([...scored.metrics].filter(([name]) => evaluation.metrics.has(name)));
  if (logged.size === 0) return none(`the run logged none of ${[...scored.metrics.keys()].join(', ')}`);
  const near = (before: number, now: number): boolean => relativeDifference(before, now) <= GOLDEN_TOLERANCE;
  const differences = compareMetrics(evaluation.metrics, logged, near);
  return { same: differences.length === 0, rows: cast.table.rows, differences, metrics: logged };
}
