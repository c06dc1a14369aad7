// Turns the size of a matrix that a step is about to make into its number of cells, or into an error if a model only asks for memory.
import { MlctlError } from '../errors/error.js';

/** 256 MiB of numbers. A narrower matrix is as large as the rows of the user make it. */
const MOST_CELLS = 2 ** 25;
const NARROW = 4096;
/** Columns that are objects of their own take more than their numbers. */
const MOST_COLUMNS = 2 ** 20;

export function cellsOf(rows: number, width: number, step: string): number {
  if (width <= NARROW || rows * width <= MOST_CELLS) return rows * width;
  throw tooWide(rows, width, step);
}

export function columnsOf(rows: number, width: number, step: string): number {
  cellsOf(rows, width, step);
  if (width <= MOST_COLUMNS) return width;
  throw tooWide(rows, width, step);
}

const tooWide = (rows: number, width: number, step: string): MlctlError =>
  new MlctlError(
    'MODEL_UNSUPPORTED',
    `${step}: ${rows} rows of ${width} columns would have to be filled with numbers`,
    {
      hint: 'predict fewer rows at once, or fit the model with fewer columns',
    },
  );
