// Turns a run of `train` into a second training of the same recipe on the same data, compared byte by byte with the first.
import { metricValue, record } from '../documents/json-values.js';
import { MlctlError } from '../errors/error.js';
import { sha256 } from '../files/digest-folder.js';
import { fitRecipe } from '../packaging/fit-recipe.js';
import { splitLineage } from '../packaging/training-lineage.js';
import { digestOfTrainingData } from '../rows/training-data.js';
import { redactUri } from '../text/redact.js';
import type { World } from '../world.js';
import { compareMetrics, isSameMetric } from './compare-answers.js';
import { dataPlace, type WhereAsked } from './data-place.js';
import { dataDifferences, evaluationDifferences, splitDifferences } from './input-differences.js';
import { predictAgain } from './predict-again.js';
import type { RecordedRecipe } from './recorded-recipe.js';
import type { RecordedModel } from './reproduction.js';
import type { Finding, Identical, Outcome, ReproductionDifference } from './types.js';

interface Again extends Finding {
  readonly identical: Identical;
  readonly actual: Pick<Outcome, 'payload' | 'predictions' | 'metrics' | 'data' | 'split'>;
}

/** Faults of data and recipe: a training that ended well once ends with them only if something was changed. */
const OF_THE_INPUT: ReadonlySet<number> = new Set([2, 5]);

export async function trainAgain(
  world: World,
  model: RecordedModel,
  { recipe }: RecordedRecipe,
  where: WhereAsked,
): Promise<Again> {
  const { lineage, pkg, run } = model;
  const source = await dataPlace(world, recipe.data.source, lineage, where);
  let actual: Again['actual'] = { payload: null, predictions: null, metrics: {}, data: [], split: null };
  const causes: ReproductionDifference[] = [];
  try {
    const { trained, payload } = await fitRecipe(
      world,
      { ...recipe, data: { ...recipe.data, source } },
      world.cwd,
      (data) => {
        const found = { source: data.source, digest: data.digest, rows: data.table.rows };
        actual = { ...actual, data: [found] };
        causes.push(...dataDifferences(lineage.data, found));
      },
    );
    const digest = `sha256:${sha256(payload)}`;
    const split = splitLineage(trained.split).digest;
    causes.push(...splitDifferences(lineage.split, split), ...evaluationDifferences(model.evaluation, trained));
    const isSame = digest === pkg.digest.payload;
    const predicted = await predictAgain(world, model, payload, trained, isSame);
    const logged = new Map([...run.metrics].map(([name, { value }]) => [name, value]));
    const metrics = compareMetrics(logged, trained.evaluation.metrics, isSameMetric);
    const more = [...logged.keys()].filter((name) => !trained.evaluation.metrics.has(name));
    return {
      identical: { payload: isSame, predictions: predicted.differences.length === 0, metrics: metrics.length === 0 },
      actual: {
        ...actual,
        payload: digest,
        predictions: { golden_rows: predicted.golden_rows, evaluation_rows: predicted.evaluation_rows },
        metrics: record([...trained.evaluation.metrics].map(([name, value]) => [name, metricValue(value)] as const)),
        split,
      },
      differences: [
        ...(isSame ? [] : [payloadDiffers(pkg.digest.payload, digest)]),
        ...predicted.differences,
        ...metrics,
        ...causes,
      ],
      unprovable: more.length === 0 ? [] : [`metrics: the training does not compute ${more.join(', ')}`],
    };
  } catch (error) {
    if (!(error instanceof MlctlError) || !OF_THE_INPUT.has(error.exitCode)) throw error;
    if (actual.data.length === 0) {
      // It is there, but it is not a table of the recipe's form any more.
      const found = {
        source: redactUri(source),
        digest: await digestOfTrainingData(world, source, world.cwd),
        rows: null,
      };
      actual = { ...actual, data: [found] };
      causes.push(...dataDifferences(lineage.data, found));
    }
    return failed(error, actual, causes);
  }
}

const failed = (error: MlctlError, actual: Again['actual'], causes: Again['differences']): Again => ({
  identical: { payload: false, predictions: false, metrics: false },
  actual,
  differences: [
    {
      what: 'training',
      name: 'fit',
      expected: null,
      actual: null,
      matters: true,
      message: `the training fails now: ${error.message}`,
    },
    ...causes,
  ],
  unprovable: [],
});

const payloadDiffers = (expected: string | null, actual: string): ReproductionDifference => ({
  what: 'payload',
  name: 'model.onnx',
  expected,
  actual,
  matters: true,
  message: 'the training gives another model.onnx',
});
