// Turns a node's rows into the best of random splits: for each feature drawn, one threshold between its least and greatest value.
import type { Work } from '../../work.js';
import { MANY_ROWS, noCandidate, SAME_VALUE, type Split, type SplitSearch, splitAt } from './split.js';

export function* findRandomSplit(
  search: SplitSearch,
  start: number,
  end: number,
  impurity: number,
  constants: number,
): Work<Split> {
  const { samples, criterion, draw, random, minSamplesLeaf, minWeightLeaf } = search;
  const best = noCandidate(end);
  let last = -1;
  samples.begin(start, end);
  draw.begin(constants);
  for (let feature = draw.next(); feature >= 0; feature = draw.next()) {
    last = feature;
    if (end - start > MANY_ROWS) yield;
    const { least, greatest } = samples.range(feature);
    const { missing } = samples;
    if (end - start === missing || (missing === 0 && greatest <= Math.fround(least + SAME_VALUE))) {
      draw.constant();
      continue;
    }
    draw.varies();
    let threshold = random.uniform(least, greatest);
    const missingGoToLeft = missing > 0 && random.whole(0, 2) === 1;
    if (threshold === greatest) threshold = least;
    const pos = samples.partAt(threshold, missingGoToLeft);
    const left = pos - start;
    const right = end - pos;
    if (left < minSamplesLeaf || right < minSamplesLeaf) continue;
    criterion.reset();
    criterion.moveTo(pos);
    if (criterion.leftWeight < minWeightLeaf || criterion.rightWeight < minWeightLeaf) continue;
    const proxy = criterion.proxyImprovement();
    if (!(proxy > best.proxy)) continue;
    best.proxy = proxy;
    best.feature = feature;
    best.pos = pos;
    best.threshold = threshold;
    best.missingGoToLeft = missing > 0 ? missingGoToLeft : left > right;
  }
  // if the feature drawn last is the best, the rows are already in its order
  if (best.pos < end && best.feature !== last) samples.partBy(best.feature, best.threshold, best.missingGoToLeft);
  return splitAt(search, best, end, impurity);
}
