// Turns the statistics of a `.cbm` ("CTR") into columns, with the projections of features that lead to them.
import type { Refuse } from '../refuse.js';
import type { FlatTable } from './flat-buffer.js';
import type { CtrColumn, CtrTable, CtrType, FloatFeature, OneHotColumn, Projection } from './model.js';

const TYPES: readonly CtrType[] = [
  'Borders',
  'Buckets',
  'BinarizedTargetMeanValue',
  'FloatTargetMeanValue',
  'Counter',
  'FeatureFreq',
];

interface Known {
  readonly floats: readonly FloatFeature[];
  /** By CatBoost's own number of a float feature, its column. */
  readonly floatColumns: ReadonlyMap<number, number>;
  /** By CatBoost's own number of a categorical feature, ours. */
  readonly categories: ReadonlyMap<number, number>;
}

interface Ctrs {
  readonly projections: readonly Projection[];
  readonly columns: readonly CtrColumn[];
}

/** `features`: the CTR features of the core, each of which is one column. */
export function readCtrs(
  features: readonly FlatTable[],
  tables: readonly FlatTable[],
  known: Known,
  refuse: Refuse,
): Ctrs {
  const byBase = new Map(tables.map((table) => [baseOf(table.table(0), refuse).key, table]));
  const read = new Map<string, CtrTable>();
  const projections: Projection[] = [];
  const numbers = new Map<string, number>();
  const columns = features.map((feature) => {
    const ctr = feature.table(0);
    const base = baseOf(ctr?.table(0) ?? null, refuse);
    const found = byBase.get(base.key);
    if (ctr === null || found === undefined)
      throw refuse.malformed(`the file has no statistics ${base.key.slice(0, 80)}`);
    const projection = numbers.get(base.projectionKey) ?? projections.length;
    if (projection === projections.length) {
      projections.push(projectionOf(base, known, refuse));
      numbers.set(base.projectionKey, projection);
    }
    const table = read.get(base.key) ?? readTable(found, base.type, refuse);
    read.set(base.key, table);
    const targetBorder = ctr.int(1, 0);
    checkTarget(table, base.type, targetBorder, refuse);
    return {
      projection,
      type: base.type,
      table,
      targetBorder,
      priorNumerator: ctr.float(2, 0),
      priorDenominator: ctr.float(3, 1),
      shift: ctr.float(4, 0),
      scale: ctr.float(5, 1),
    };
  });
  return { projections, columns };
}

interface Base {
  readonly key: string;
  readonly projectionKey: string;
  readonly type: CtrType;
  readonly categories: Int32Array;
  readonly floatSplits: readonly [number, number][];
  readonly oneHotSplits: readonly [number, number][];
}

function baseOf(base: FlatTable | null, refuse: Refuse): Base {
  const combination = base?.table(0);
  const type = TYPES[base?.byte(1, 0) ?? -1];
  if (!combination || type === undefined) throw refuse.malformed('a statistic has no features or an unknown type');
  const categories = combination.ints(0);
  const floatSplits = combination.pairs(1, 'float');
  const oneHotSplits = combination.pairs(2, 'int');
  const projectionKey = JSON.stringify([[...categories], floatSplits, oneHotSplits]);
  const key = `${type} ${base?.int(2, 0) ?? 0} ${projectionKey}`;
  return { key, projectionKey, type, categories, floatSplits, oneHotSplits };
}

function projectionOf(base: Base, { floats, floatColumns, categories }: Known, refuse: Refuse): Projection {
  const category = (index: number): number => {
    const found = categories.get(index);
    if (found === undefined)
      throw refuse.malformed(`a statistic asks for the categorical feature ${index}, which is not there`);
    return found;
  };
  return {
    categories: Array.from(base.categories, category),
    floats: base.floatSplits.map(([index, border]) => {
      const column = floatColumns.get(index);
      if (column === undefined || !floats[column]!.borders.includes(border))
        throw refuse.malformed(`a statistic asks for the border ${border} of feature ${index}, which is not there`);
      return { column, border };
    }),
    oneHots: base.oneHotSplits.map(([index, hash]): OneHotColumn => ({ category: category(index), hash })),
  };
}

const BUCKET = 12;

function readTable(table: FlatTable, type: CtrType, refuse: Refuse): CtrTable {
  const raw = table.bytes(1);
  const blob = table.bytes(2);
  const count = raw.length / BUCKET;
  if (!Number.isInteger(Math.log2(count)))
    throw refuse.malformed(`a table of statistics has ${count} buckets, expected a power of two`);
  const buckets = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const hashes = Uint32Array.from({ length: count * 2 }, (_, i) =>
    buckets.getUint32((i >> 1) * BUCKET + (i & 1) * 4, true),
  );
  const indexes = Uint32Array.from({ length: count }, (_, i) => buckets.getUint32(i * BUCKET + 8, true));
  const cells = new DataView(blob.buffer, blob.byteOffset, blob.length);
  const values = blob.length >> 2;
  const found = {
    hashes,
    indexes,
    counts: Int32Array.from({ length: values }, (_, i) => cells.getInt32(i * 4, true)),
    sums: Float32Array.from({ length: values }, (_, i) => cells.getFloat32(i * 4, true)),
    denominator: table.int(3, 0),
    targetClasses: table.int(4, 0),
  };
  const width = widthOf(found, type);
  for (let i = 0; i < count; i++) {
    if (hashes[i * 2] === 0xffffffff && hashes[i * 2 + 1] === 0xffffffff) continue;
    if (width < 1 || (indexes[i]! + 1) * width > values)
      throw refuse.malformed(
        `a table of statistics leads to entry ${indexes[i]} of ${Math.floor(values / Math.max(1, width))}`,
      );
  }
  return found;
}

/** Values of one entry. */
function widthOf({ targetClasses }: CtrTable, type: CtrType): number {
  if (type === 'Counter' || type === 'FeatureFreq') return 1;
  if (type === 'Buckets') return targetClasses;
  if (type === 'Borders') return Math.max(2, targetClasses);
  return 2;
}

function checkTarget(table: CtrTable, type: CtrType, border: number, refuse: Refuse): void {
  const bounded = type === 'Buckets' || (type === 'Borders' && table.targetClasses > 2);
  if (bounded && (border < 0 || border >= table.targetClasses))
    throw refuse.malformed(`a statistic is of target ${border} of ${table.targetClasses}`);
}
