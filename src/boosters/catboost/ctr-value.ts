// Turns the hash of a combination of features into its statistic, in float32.
import type { Hash64 } from './hash-64.js';
import type { CtrColumn, CtrTable } from './model.js';

const { fround } = Math;

export function ctrValue(ctr: CtrColumn, hash: Hash64): number {
  const { table } = ctr;
  const entry = find(table, hash);
  switch (ctr.type) {
    case 'Counter':
    case 'FeatureFreq':
      return value(ctr, entry < 0 ? 0 : table.counts[entry]!, table.denominator);
    case 'BinarizedTargetMeanValue':
    case 'FloatTargetMeanValue':
      return entry < 0 ? value(ctr, 0, 0) : value(ctr, table.sums[entry * 2]!, table.counts[entry * 2 + 1]!);
    case 'Buckets':
      return entry < 0 ? value(ctr, 0, 0) : ofBuckets(ctr, entry * table.targetClasses);
    default:
      return entry < 0 ? value(ctr, 0, 0) : ofBorders(ctr, entry);
  }
}

function value(ctr: CtrColumn, good: number, total: number): number {
  const mean = fround(fround(fround(good) + ctr.priorNumerator) / fround(fround(total) + ctr.priorDenominator));
  return fround(fround(mean + ctr.shift) * ctr.scale);
}

const sum = (counts: Int32Array, from: number, to: number): number => {
  let found = 0;
  for (let i = from; i < to; i++) found = (found + counts[i]!) | 0;
  return found;
};

function ofBuckets(ctr: CtrColumn, from: number): number {
  const { counts, targetClasses } = ctr.table;
  return value(ctr, counts[from + ctr.targetBorder]!, sum(counts, from, from + targetClasses));
}

/** How much of the target is above the border. */
function ofBorders(ctr: CtrColumn, entry: number): number {
  const { counts, targetClasses } = ctr.table;
  if (targetClasses <= 2) return value(ctr, counts[entry * 2 + 1]!, (counts[entry * 2]! + counts[entry * 2 + 1]!) | 0);
  const from = entry * targetClasses;
  const border = from + ctr.targetBorder + 1;
  const good = sum(counts, border, from + targetClasses);
  return value(ctr, good, (sum(counts, from, border) + good) | 0);
}

/** The index of a hash, or -1. It looks at each bucket at most once, whatever the table holds. */
function find({ hashes, indexes }: CtrTable, hash: Hash64): number {
  const buckets = indexes.length;
  const [low, high] = [hash.low >>> 0, hash.high >>> 0];
  for (let i = 0, at = low & (buckets - 1); i < buckets; i++, at = (at + 1) & (buckets - 1)) {
    const [bucketLow, bucketHigh] = [hashes[at * 2]!, hashes[at * 2 + 1]!];
    if (bucketLow === 0xffffffff && bucketHigh === 0xffffffff) return -1;
    if (bucketLow === low && bucketHigh === high) return indexes[at]!;
  }
  return -1;
}
