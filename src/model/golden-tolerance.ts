// How far an answer may be from what was recorded of it, in golden predictions and in metrics scored again.

/** Contract §8.3: numbers to 1e-9 relative, labels exactly. */
export const GOLDEN_TOLERANCE = 1e-9;
