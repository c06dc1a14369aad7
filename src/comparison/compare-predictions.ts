// Turns two models into how their answers to the same rows differ: the rows of a file, else the evaluation rows that a run kept, else
// the input example of a package. Each model checks the rows by its own signature.
import type { Table } from '../data/table.js';
import type { DiffDocument } from '../documents/diff.js';
import { MlctlError } from '../errors/error.js';
import { openFetched } from '../loader/open-model.js';
import type { EngineOptions } from '../loader/python-engine.js';
import { readEvaluation } from '../loader/read-evaluation.js';
import { exampleRequest } from '../model/example-request.js';
import { leftOutOf } from '../model/left-out.js';
import type { GivenDialect } from '../rows/read-dialect.js';
import { castDocument } from '../schema/cast.js';
import type { CastResult, EnforcementMode } from '../schema/cast-types.js';
import type { StoreOptions } from '../session/stores.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';
import { compareAnswers } from './compare-answers.js';
import type { Side } from './side-of.js';

/** The dialect is that of `rows`, as `predict` takes it. */
export interface AnswerOptions extends StoreOptions, EngineOptions, GivenDialect {
  /** A file of rows that both predict. */
  readonly rows?: string;
  /** Columns of `rows` that are not looked at. */
  readonly ignore?: readonly string[];
  readonly mode?: EnforcementMode;
  /** For opening a model, and for its predictions, ms. */
  readonly timeoutMs?: number;
}

/** Rows that both models are asked about. */
interface Rows {
  readonly source: string;
  cast(side: Side): Promise<CastResult>;
}

type Predictions = DiffDocument['predictions'];

const unknown = (why: string, source: string | null = null): Predictions => ({
  source,
  rows: 0,
  outputs: [],
  unknown: printable(why, 400),
});

export async function comparePredictions(world: World, a: Side, b: Side, options: AnswerOptions): Promise<Predictions> {
  for (const { pkg, resolved } of [a, b])
    if (pkg.model.signature?.inputs == null) return unknown(`${resolved.uri} has no signature of its inputs`);
  try {
    const rows = await rowsOf(world, a, b, options);
    if (rows === null) return unknown('neither run kept evaluation rows, and neither model has an input example');
    const [one, other] = [await answerOf(world, a, rows, options), await answerOf(world, b, rows, options)];
    if (typeof one === 'string') return unknown(one, rows.source);
    if (typeof other === 'string') return unknown(other, rows.source);
    return { source: rows.source, rows: one.rows, outputs: compareAnswers(one, other), unknown: null };
  } catch (error) {
    world.signal.throwIfAborted();
    // Rows that were named must be there.
    if (!(error instanceof MlctlError) || options.rows !== undefined) throw error;
    return unknown(error.message);
  }
}

async function rowsOf(world: World, a: Side, b: Side, options: AnswerOptions): Promise<Rows | null> {
  const mode = options.mode ?? 'strict';
  const { rows } = options;
  if (rows !== undefined) {
    const [{ givenRows }, { castRows }] = await Promise.all([
      import('../rows/given-rows.js'),
      import('../rows/cast-rows.js'),
    ]);
    const given = givenRows({ ...options, input: rows, mode });
    return {
      source: `the rows of ${rows}`,
      cast: ({ pkg }) => castRows(world, given, pkg.model.signature!, leftOutOf(pkg.model)),
    };
  }
  for (const { resolved } of [b, a]) {
    const { run_id: run } = resolved.document;
    const evaluation = run === null ? null : await readEvaluation(world, resolved, options);
    if (evaluation !== null && !('missing' in evaluation))
      return {
        source: `the evaluation rows of ${resolved.uri}`,
        cast: ({ pkg }) => castDocument(evaluation.rows, 'csv', pkg.model.signature!, mode),
      };
  }
  for (const { pkg, resolved } of [b, a]) {
    const body = exampleRequest(pkg);
    if (body !== null)
      return {
        source: `the input example of ${resolved.uri}`,
        cast: (side) => castDocument(body, 'json', side.pkg.model.signature!, mode),
      };
  }
  return null;
}

/** Or why there is none. */
async function answerOf(world: World, side: Side, rows: Rows, options: AnswerOptions): Promise<Table | string> {
  const { uri } = side.resolved;
  const cast = await rows.cast(side);
  if (!cast.ok) return `${rows.source} break the signature of ${uri}: ${cast.findings[0]?.message ?? 'refused'}`;
  const model = await openFetched(world, side.pkg, options);
  try {
    const answer = await model.predict(cast.table);
    if (answer.rows === cast.table.rows) return answer;
    return `${uri} returned ${answer.rows} rows for ${cast.table.rows}`;
  } finally {
    await model.close();
  }
}
