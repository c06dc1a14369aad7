// Turns batches of rows into predictions: the next batch is read while the model works, and answers are written in order.
import type { KeptCells } from '../data/kept-cells.js';
import type { Table } from '../data/table.js';
import type { RowWriter } from '../data/write/row-writer.js';
import { MlctlError } from '../errors/error.js';
import type { Output } from '../files/stream-output.js';
import type { OpenModel } from '../inference/types.js';
import type { CastBatch, RejectedRow } from '../schema/cast-types.js';
import { printable } from '../text/printable.js';
import type { RowBatches } from './batches/whole-batches.js';
import { violation } from './violation.js';

interface PredictRowsOptions {
  /** For messages. */
  readonly input: string;
  /** Turns answers into the bytes of the output. */
  readonly writer: RowWriter;
  readonly onBadRow: 'stop' | 'skip';
  /** Receives the rows that were skipped. */
  readonly reject?: (rows: readonly RejectedRow[]) => Promise<void>;
  /** Every row was skipped, so there is no answer, but there are rejects. */
  readonly keepRejects?: () => Promise<void>;
  readonly onProgress?: (rows: number) => void;
}

/** How many rows were predicted and how many skipped. Throws SCHEMA_VIOLATION at the first bad batch unless bad rows are skipped. */
export async function predictRows(
  model: Pick<OpenModel, 'predict'>,
  input: RowBatches,
  output: Output,
  options: PredictRowsOptions,
): Promise<{ rows: number; rejected: number }> {
  const { writer } = options;
  let rows = 0;
  let rejected = 0;
  let running: { readonly answer: Promise<Table>; readonly kept: readonly KeptCells[] } | null = null;
  /** The write of the batch before: the writer's bytes stay valid until the call after the next. */
  let writing: Promise<boolean> = Promise.resolve(true);

  const settle = async (): Promise<boolean> => {
    if (running === null) return true;
    const { kept } = running;
    const answer = await running.answer;
    running = null;
    if (rows === 0) refuseClashes(kept, answer);
    rows += answer.rows;
    const open = await send(writer.rows(answer, kept));
    options.onProgress?.(rows);
    return open;
  };

  /** False if nobody reads any more. */
  const send = async (bytes: Uint8Array): Promise<boolean> => {
    const open = await writing;
    writing = output.write(bytes);
    writing.catch(() => {});
    return open;
  };

  try {
    for await (const batch of input.batches) {
      if (input.fatal() || (options.onBadRow === 'stop' && input.findings.total > 0)) {
        await settle();
        throw violation(options.input, input, {
          rowsDone: rows,
          skipping: options.onBadRow === 'skip',
          early: !input.atEnd(),
        });
      }
      rejected += batch.rejected.length;
      if (batch.rejected.length > 0) await options.reject?.(batch.rejected);
      const next = batch.table.rows > 0 ? { answer: start(model, batch), kept: batch.kept } : null;
      if (!(await settle())) return { rows, rejected };
      running = next;
    }
    await settle();
    await send(writer.rest());
    const open = await writing;
    if (input.fatal() || (options.onBadRow === 'stop' && input.findings.total > 0))
      throw violation(options.input, input, { rowsDone: rows, skipping: options.onBadRow === 'skip' });
    if (rows === 0) {
      // The refused rows are what the user needs now.
      if (rejected > 0) await options.keepRejects?.();
      throw violation(options.input, input, { rowsDone: rows, skipping: options.onBadRow === 'skip' });
    }
    if (open) await output.write(writer.end());
    return { rows, rejected };
  } catch (error) {
    // Pending work is awaited, so that nothing is left behind; its own failure is not reported.
    await (running as { readonly answer: Promise<Table> } | null)?.answer.catch(() => {});
    // Whoever reads a stream has all rows that were answered.
    await send(writer.rest()).catch(() => {});
    await writing.catch(() => {});
    throw error;
  }
}

/** A kept column must not have the name of a prediction. */
function refuseClashes(kept: readonly KeptCells[], answer: Table): void {
  const clash = kept.find(({ name }) => answer.columns.some((column) => column.name === name));
  if (clash !== undefined)
    throw new MlctlError(
      'USAGE',
      `the kept column ${JSON.stringify(printable(clash.name, 100))} has the name of an output of the model`,
      {
        hint: 'rename it in the input, or give it to --ignore instead of --keep',
      },
    );
}

function start(model: Pick<OpenModel, 'predict'>, batch: CastBatch): Promise<Table> {
  const running = model.predict(batch.table).then((answer) => {
    if (answer.rows === batch.table.rows) return answer;
    throw new MlctlError(
      'MODEL_FAILED',
      `the model answered ${answer.rows} rows for ${batch.table.rows} rows from row ${batch.firstRow} on`,
      {
        hint: 'a model that is served row by row must answer one row for each row',
      },
    );
  });
  // Awaited later; until then a rejection must not count as unhandled.
  running.catch(() => {});
  return running;
}
