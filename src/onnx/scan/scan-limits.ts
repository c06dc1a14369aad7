// How much a graph may contain and create before it is refused.

export interface ScanLimits {
  /** Nodes in the file, and nodes after all functions are written out. */
  readonly nodes: number;
  /** Bytes of one tensor that the graph creates from constants alone (ConstantOfShape, Expand, Tile …). */
  readonly madeBytes: number;
  /** Trips of a loop that nothing can end early. */
  readonly trips: number;
  readonly rank: number;
  /** Values computed from constants alone, to learn the shapes, repeats and trip counts in a graph. */
  readonly constants: number;
}

export const SCAN_LIMITS: ScanLimits = {
  nodes: 500_000,
  madeBytes: 256 * 1024 * 1024,
  trips: 10_000_000,
  rank: 32,
  constants: 1_000_000,
};
