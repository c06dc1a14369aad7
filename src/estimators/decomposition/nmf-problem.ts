// What the solvers of non-negative factors get: x ≈ weights · components.

export interface NmfProblem {
  /** Row-major, rows × width. */
  readonly x: Float64Array;
  readonly rows: number;
  readonly width: number;
  readonly count: number;
  /** Row-major, count × width. */
  readonly components_: Float64Array;
  readonly beta_loss: number;
  readonly tol: number;
  readonly max_iter: number;
  readonly l1_reg_W: number;
  readonly l2_reg_W: number;
}
