// Turns the value of an estimator into what it decides by: the thresholds of its trees by feature, and the texts that it knows.

export interface Edges {
  /** By place of the feature. A tree behind other steps knows their features, so its thresholds are then only odd numbers. */
  readonly numbers: ReadonlyMap<number, readonly number[]>;
  readonly texts: readonly string[];
}

const MOST = 2_000;
const DEEPEST = 12;

export function edgesOf(part: object): Edges {
  const numbers = new Map<number, number[]>();
  const texts = new Set<string>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth > DEEPEST) return;
    if (Array.isArray(value)) {
      for (const item of value) {
        if (typeof item === 'string' && item !== '' && texts.size < MOST) texts.add(item);
        else visit(item, depth + 1);
      }
      return;
    }
    const { feature, threshold } = value as { feature?: unknown; threshold?: unknown };
    if (feature instanceof Int32Array && threshold instanceof Float64Array) addThresholds(feature, threshold, numbers);
    for (const item of Object.values(value)) visit(item, depth + 1);
  };
  visit(part, 0);
  return { numbers, texts: [...texts] };
}

function addThresholds(feature: Int32Array, threshold: Float64Array, to: Map<number, number[]>): void {
  feature.forEach((place, node) => {
    if (place < 0 || !Number.isFinite(threshold[node]!)) return;
    const known = to.get(place) ?? [];
    if (known.length < MOST) known.push(threshold[node]!);
    to.set(place, known);
  });
}
