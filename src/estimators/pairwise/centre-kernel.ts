// Turns rows of a kernel into rows that are centred in its space, in place.

/** What the training kernel says of its space. */
export interface KernelCentre {
  /** The mean of each column, [training points]. */
  readonly K_fit_rows_: Float64Array;
  /** The mean of all of it. */
  readonly K_fit_all_: number;
}

/** `values` is row-major, rows × training points. */
export function centreKernel(values: Float64Array, { K_fit_rows_, K_fit_all_ }: KernelCentre): void {
  const width = K_fit_rows_.length;
  for (let from = 0; from < values.length; from += width) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += values[from + k]!;
    const mean = sum / width;
    for (let k = 0; k < width; k++) values[from + k] = values[from + k]! - K_fit_rows_[k]! - mean + K_fit_all_;
  }
}
