// Turns a model and its conversion into a verdict on their answers to the same rows: a row that one refuses, the other refuses too.
import type { Table } from '../../data/table.js';
import { takeRows } from '../../data/take-rows.js';
import { MlctlError } from '../../errors/error.js';
import type { OpenModel } from '../../inference/types.js';
import { compareAnswers } from './compare-answers.js';

export interface Verification {
  /** Rows that both answered. */
  readonly rows: number;
  /** Rows that both refused, such as one with a missing value. */
  readonly refused: number;
  /** Rows that only one of them refused. */
  readonly refused_by_one: number;
  readonly labels_differ: number;
  /** Of two numbers, relative to the larger where that is above 1. */
  readonly largest_difference: number;
}

type Answering = Pick<OpenModel, 'predict'>;

export async function verifyConversion(original: Answering, converted: Answering, rows: Table): Promise<Verification> {
  const taken = await accepted(original, rows);
  const refused = Int32Array.from({ length: rows.rows }, (_, row) => row).filter((row) => !taken.includes(row));
  let refusedByOne = 0;
  for (const row of refused) {
    const answer = await answerOf(converted, takeRows(rows, Int32Array.of(row)));
    if (answer !== null) refusedByOne++;
  }
  const both = takeRows(rows, taken);
  const [expected, found] = [await answerOf(original, both), await answerOf(converted, both)];
  const counts = { rows: taken.length, refused: refused.length - refusedByOne };
  if (expected === null || taken.length === 0)
    return { ...counts, refused_by_one: refusedByOne, labels_differ: 0, largest_difference: 0 };
  if (found === null) {
    const own = await accepted(converted, both);
    const common = takeRows(both, own);
    const apart = await compared(original, converted, common);
    return { ...apart, refused: counts.refused, refused_by_one: refusedByOne + taken.length - own.length };
  }
  const { labels, largest } = compareAnswers(expected, found);
  return { ...counts, refused_by_one: refusedByOne, labels_differ: labels, largest_difference: largest };
}

async function compared(original: Answering, converted: Answering, rows: Table) {
  if (rows.rows === 0) return { rows: 0, labels_differ: 0, largest_difference: 0 };
  const { labels, largest } = compareAnswers(await original.predict(rows), await converted.predict(rows));
  return { rows: rows.rows, labels_differ: labels, largest_difference: largest };
}

const REFUSALS: ReadonlySet<string> = new Set(['DATA_INVALID', 'MODEL_FAILED', 'SCHEMA_VIOLATION']);

/** Null if it refuses the rows. */
async function answerOf(model: Answering, rows: Table): Promise<Table | null> {
  try {
    return await model.predict(rows);
  } catch (error) {
    if (error instanceof MlctlError && REFUSALS.has(error.code)) return null;
    throw error;
  }
}

/** The rows that the model answers: halves that are refused are looked at in halves. */
async function accepted(model: Answering, rows: Table): Promise<Int32Array> {
  const kept: number[] = [];
  const look = async (from: number, to: number): Promise<void> => {
    const part = takeRows(
      rows,
      Int32Array.from({ length: to - from }, (_, i) => from + i),
    );
    if ((await answerOf(model, part)) !== null) {
      for (let row = from; row < to; row++) kept.push(row);
    } else if (to - from > 1) {
      const middle = (from + to) >> 1;
      await look(from, middle);
      await look(middle, to);
    }
  };
  if (rows.rows > 0) await look(0, rows.rows);
  return Int32Array.from(kept);
}
