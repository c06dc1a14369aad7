// Turns a graph that was made again into its answers, compared with those recorded of the first one.
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { sha256 } from '../files/digest-folder.js';
import { openOnnx } from '../inference/open-onnx.js';
import { openFetched } from '../loader/open-model.js';
import { PAYLOAD_NAME } from '../model/build-package.js';
import { GOLDEN_FILE, goldenOf, parseGolden } from '../model/golden.js';
import { castExample, storedExample } from '../packaging/read-input-example.js';
import type { Trained } from '../recipe/train-recipe.js';
import type { World } from '../world.js';
import { compareAnswers } from './compare-answers.js';
import type { RecordedModel } from './reproduction.js';
import type { ReproductionDifference } from './types.js';

interface Predicted {
  readonly golden_rows: number;
  readonly evaluation_rows: number;
  readonly differences: readonly ReproductionDifference[];
}

/** `isSame`: the graph has the same bytes as the first, so that its answers are held against the fit itself. */
export async function predictAgain(
  world: World,
  { pkg, options, resolved }: RecordedModel,
  payload: Uint8Array,
  trained: Trained,
  isSame: boolean,
): Promise<Predicted> {
  const bytes = new Map([[PAYLOAD_NAME, payload]]);
  const files = [{ path: PAYLOAD_NAME, size: payload.byteLength, sha256: sha256(payload) }];
  const graph = await openOnnx({
    packageFolder: '',
    payload: PAYLOAD_NAME,
    digest: { files, bytes },
    trusted: true,
    timeoutMs: null,
  });
  try {
    const rows = trained.testInputs;
    const before = isSame ? trained.testAnswer : await answersOf(world, pkg, options, rows);
    const differences = [
      ...(typeof before === 'string'
        ? [refused(before)]
        : compareAnswers(await graph.predict(rows), goldenOf(before), 'evaluation rows')),
    ];
    const stored = pkg.digest.bytes.get(GOLDEN_FILE);
    const text = stored ? new TextDecoder().decode(stored) : resolved.golden;
    const example = storedExample(pkg);
    const { signature } = pkg.model;
    if (text === null || example === null || signature === null)
      return { golden_rows: 0, evaluation_rows: rows.rows, differences };
    const { table } = await castExample(world, example, signature, 'strict');
    const again = await attempt(() => graph.predict(table));
    if (typeof again === 'string') differences.push(refused(again));
    else differences.push(...compareAnswers(again, parseGolden(text), 'input example'));
    return { golden_rows: table.rows, evaluation_rows: rows.rows, differences };
  } finally {
    await graph.close();
  }
}

/** What the stored model answers to the rows; a text says why it does not. */
async function answersOf(
  world: World,
  pkg: RecordedModel['pkg'],
  options: RecordedModel['options'],
  rows: Table,
): Promise<Table | string> {
  const model = await openFetched(world, pkg, options);
  try {
    return await attempt(() => model.predict(rows));
  } finally {
    await model.close();
  }
}

/** A graph of other data may have other columns. */
async function attempt(work: () => Promise<Table>): Promise<Table | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MlctlError && error.exitCode !== 70) return error.message;
    if (error instanceof Error && !(error instanceof MlctlError)) return error.message;
    throw error;
  }
}

const refused = (why: string): ReproductionDifference => ({
  what: 'predictions',
  name: 'columns',
  expected: null,
  actual: null,
  matters: true,
  message: `one of the two models does not take the rows of the other: ${why}`,
});
