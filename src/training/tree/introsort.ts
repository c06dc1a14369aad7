// Sorts keys together with their positions, and leaves equal keys in the same order as scikit-learn: an introsort (Musser, 1997)
// that splits in three around the median of three, by insertion below 16, by heap if it goes too deep.

type Keys = Float32Array | Float64Array;

/** Sorts `count` keys from `from` on, without NaN among them. */
export function sortTogether(keys: Keys, places: Int32Array, from: number, count: number): void {
  if (count > 0) introsort(keys, places, from, count, 2 * (31 - Math.clz32(count)));
}

function introsort(keys: Keys, places: Int32Array, from: number, count: number, depth: number): void {
  let start = from;
  let rest = count;
  for (let levels = depth; rest > 15; levels--) {
    if (levels <= 0) {
      heapsort(keys, places, start, rest);
      return;
    }
    const pivot = medianOfThree(keys[start]!, keys[start + (rest >> 1)]!, keys[start + rest - 1]!);
    let less = start;
    let greater = start + rest;
    for (let i = start; i < greater; ) {
      const key = keys[i]!;
      if (key < pivot) swap(keys, places, i++, less++);
      else if (key > pivot) {
        greater--;
        swap(keys, places, i, greater);
      } else i++;
    }
    introsort(keys, places, start, less - start, levels - 1);
    rest -= greater - start;
    start = greater;
  }
  insertionSort(keys, places, start, rest);
}

function medianOfThree(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  if (b < c) return a < c ? a : c;
  return b;
}

function swap(keys: Keys, places: Int32Array, i: number, j: number): void {
  const key = keys[i]!;
  keys[i] = keys[j]!;
  keys[j] = key;
  const place = places[i]!;
  places[i] = places[j]!;
  places[j] = place;
}

function insertionSort(keys: Keys, places: Int32Array, start: number, count: number): void {
  for (let i = start + 1; i < start + count; i++) {
    const key = keys[i]!;
    const place = places[i]!;
    let j = i;
    for (; j > start && keys[j - 1]! > key; j--) {
      keys[j] = keys[j - 1]!;
      places[j] = places[j - 1]!;
    }
    keys[j] = key;
    places[j] = place;
  }
}

function heapsort(keys: Keys, places: Int32Array, start: number, count: number): void {
  for (let root = (count - 2) >> 1; root >= 0; root--) siftDown(keys, places, start, root, count);
  for (let end = count - 1; end > 0; end--) {
    swap(keys, places, start, start + end);
    siftDown(keys, places, start, 0, end);
  }
}

/** `root` and `end` count from `start`. */
function siftDown(keys: Keys, places: Int32Array, start: number, root: number, end: number): void {
  for (let at = root; ; ) {
    const child = at * 2 + 1;
    let greatest = at;
    if (child < end && keys[start + greatest]! < keys[start + child]!) greatest = child;
    if (child + 1 < end && keys[start + greatest]! < keys[start + child + 1]!) greatest = child + 1;
    if (greatest === at) return;
    swap(keys, places, start + at, start + greatest);
    at = greatest;
  }
}
