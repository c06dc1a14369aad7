// Turns a node's rows into their best split: for each feature drawn, every threshold between two different values is tried.
import type { Work } from '../../work.js';
import { type Candidate, MANY_ROWS, noCandidate, SAME_VALUE, type Split, type SplitSearch, splitAt } from './split.js';

export function* findBestSplit(
  search: SplitSearch,
  start: number,
  end: number,
  impurity: number,
  constants: number,
): Work<Split> {
  const { samples, draw } = search;
  const { values } = samples;
  const best = noCandidate(end);
  samples.begin(start, end);
  draw.begin(constants);
  for (let feature = draw.next(); feature >= 0; feature = draw.next()) {
    samples.sortBy(feature);
    const valuesEnd = end - samples.missing;
    const constant =
      valuesEnd === start || (samples.missing === 0 && values[end - 1]! <= Math.fround(values[start]! + SAME_VALUE));
    if (constant) {
      draw.constant();
      continue;
    }
    draw.varies();
    for (let at = start; at < end; ) {
      at = tryThresholds(search, feature, false, best, at);
      if (at < end) yield;
    }
    if (samples.missing > 0) {
      samples.missingFirst();
      for (let at = start; at < end; ) {
        at = tryThresholds(search, feature, true, best, at);
        if (at < end) yield;
      }
    }
    if (end - start > MANY_ROWS) yield;
  }
  if (best.pos < end) samples.partBy(best.feature, best.threshold, best.missingGoToLeft);
  return splitAt(search, best, end, impurity);
}

/**
 * The rows are sorted by the feature. Those without a value come first if they go to the left, else last. Begins at `from`, and
 * returns where it paused, or the end.
 */
function tryThresholds(
  search: SplitSearch,
  feature: number,
  missingGoToLeft: boolean,
  best: Candidate,
  from: number,
): number {
  const { samples, criterion, minSamplesLeaf, minWeightLeaf } = search;
  const { values, start, end, missing } = samples;
  const valuesEnd = missingGoToLeft ? end : end - missing;
  if (from === start) criterion.reset();
  let pos = from > start ? from : missingGoToLeft ? start + missing : start;
  const pause = pos + MANY_ROWS;
  while (pos < valuesEnd) {
    if (pos >= pause) return pos;
    pos++;
    while (pos < valuesEnd && values[pos]! <= Math.fround(values[pos - 1]! + SAME_VALUE)) pos++;
    // all on the left; if rows without a value come last, they alone may be the right part
    if (pos === end) return end;
    const left = pos - start;
    const right = end - pos;
    if (left < minSamplesLeaf || right < minSamplesLeaf) continue;
    criterion.moveTo(pos);
    if (criterion.leftWeight < minWeightLeaf || criterion.rightWeight < minWeightLeaf) continue;
    const proxy = criterion.proxyImprovement();
    if (!(proxy > best.proxy)) continue;
    best.proxy = proxy;
    best.feature = feature;
    best.pos = pos;
    // NaN ≤ ∞ is false: only rows without a value go to the right. Halves are added so that the sum stays finite.
    best.threshold =
      pos === end - missing && !missingGoToLeft ? Number.POSITIVE_INFINITY : values[pos - 1]! / 2 + values[pos]! / 2;
    // if no value is missing now, rows without one will go with the larger part
    best.missingGoToLeft = missing === 0 ? left > right : missingGoToLeft;
  }
  return end;
}
