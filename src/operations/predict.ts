// Turns rows of any format into the predictions of a model, streamed to an output.

import { openRowWriter } from '../data/write/open-row-writer.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import { MlctlError } from '../errors/error.js';
import { openModel } from '../loader/open-model.js';
import type { EngineOptions } from '../loader/python-engine.js';
import { leftOutOf } from '../model/left-out.js';
import { inOneBatch } from '../rows/batches/in-one-batch.js';
import type { RowBatches } from '../rows/batches/whole-batches.js';
import type { OutputFormat } from '../rows/formats.js';
import { givenParams } from '../rows/given-params.js';
import { givenRows, type RowsRequest } from '../rows/given-rows.js';
import { inputName } from '../rows/open-input.js';
import { openRejects, type Rejects } from '../rows/open-rejects.js';
import { openRowOutput } from '../rows/open-row-output.js';
import { openRows } from '../rows/open-rows.js';
import { outputFormat } from '../rows/output-format.js';
import { predictRows } from '../rows/predict-rows.js';
import { refuseOwnInput } from '../rows/refuse-own-input.js';
import type { Streams } from '../rows/streams.js';
import { NO_SIGNATURE } from '../schema/no-signature.js';
import type { StoreOptions } from '../session/stores.js';
import type { World } from '../world.js';

export interface PredictRequest extends StoreOptions, EngineOptions, RowsRequest {
  readonly uri?: string;
  /** A path, or `-` for stdout. */
  readonly output: string;
  /** If left out: by the name of the output, else the format of the input. */
  readonly outputFormat?: OutputFormat;
  readonly params?: ReadonlyMap<string, string>;
  /** `skip`: bad rows go to `rejects`, and the other rows are predicted. */
  readonly onBadRow?: 'stop' | 'skip';
  readonly rejects?: string;
  /** Called after each batch; `share` (0 to 1): how much of the input was read, where its size is known. */
  readonly onProgress?: (progress: {
    readonly rows: number;
    readonly rows_per_second: number;
    readonly share?: number;
  }) => void;
}

/** What `mlctl predict --json` prints once all rows are written. */
export interface PredictDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly rows: number;
  readonly rejected: number;
  readonly output: string;
  readonly elapsed_ms: number;
}

export async function predict(world: World, request: PredictRequest, streams: Streams): Promise<PredictDocument> {
  const started = world.now();
  const given = givenRows(request, '--input-format');
  const written = outputFormat(request.output, request.outputFormat, given.format);
  if (request.rejects !== undefined && request.onBadRow !== 'skip') {
    throw new MlctlError(
      'USAGE',
      'rejected rows are kept only if bad rows are skipped; otherwise the first one stops the command',
      {
        hint: 'add --on-bad-row skip',
      },
    );
  }
  refuseOwnInput(request, streams, world.cwd);
  const opened = await openModel(world, request.uri, request);
  try {
    const signature = opened.signature ?? NO_SIGNATURE;
    const params = givenParams(request.params, signature);
    const read = await openRows(world, given, signature, streams.stdin, leftOutOf(opened.package.model));
    const { rowsTogether } = opened.model;
    const rows = rowsTogether === undefined ? read : inOneBatch(read, rowsTogether);
    const output = await openRowOutput(request.output, world.cwd, streams.stdout, world.signal);
    let rejects: Rejects | null = null;
    try {
      if (request.rejects !== undefined) rejects = await openRejects(request.rejects, world.cwd, world.signal);
      const reject = rejects === null ? {} : { reject: rejects.add, keepRejects: rejects.commit };
      const done = await predictRows({ predict: (table) => opened.model.predict(table, { params }) }, rows, output, {
        input: inputName(request.input),
        writer: await openRowWriter(written.writes, written.delimiter ?? undefined),
        onBadRow: request.onBadRow ?? 'stop',
        ...reject,
        ...progress(world, request, rows),
      });
      for (const warning of rows.warnings()) world.warn(warning);
      for (const note of rows.notes?.() ?? []) world.note(note);
      await output.commit();
      await rejects?.commit();
      return {
        uri: opened.uri,
        resolved: opened.resolved,
        ...done,
        output: request.output,
        elapsed_ms: Math.round(world.now() - started),
      };
    } catch (error) {
      await output.abort();
      await rejects?.abort();
      throw error;
    }
  } finally {
    await opened.close();
  }
}

function progress(
  world: World,
  { onProgress }: PredictRequest,
  input: RowBatches,
): { onProgress?: (rows: number) => void } {
  if (onProgress === undefined) return {};
  const started = world.now();
  return {
    onProgress: (rows) => {
      const seconds = Math.max((world.now() - started) / 1000, 0.001);
      const share = input.share?.();
      onProgress({ rows, rows_per_second: Math.round(rows / seconds), ...(share === undefined ? {} : { share }) });
    },
  };
}
