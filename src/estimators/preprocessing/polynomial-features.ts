// Turns columns into their powers and products up to a degree (sklearn.preprocessing.PolynomialFeatures).
import { cellsOf } from '../cells.js';
import { type Fitted, featureCount } from '../fitted.js';
import { allFinite, type Csr, type Frame, matrixOf, type Numbers } from '../frame.js';
import { frameOfCsr, frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../frames/is-single.js';
import { type Products, productsOf } from './products.js';

export interface PolynomialFeatures extends Fitted<'PolynomialFeatures'> {
  readonly min_degree: number;
  readonly max_degree: number;
  /** True: no column is multiplied by itself. */
  readonly interaction_only: boolean;
  readonly include_bias: boolean;
}

export function transformPolynomialFeatures(features: PolynomialFeatures, frame: Frame): Frame {
  const width = featureCount(features);
  const products = productsOf(features, width);
  const { rows, sparse } = frame;
  if (sparse && allFinite(sparse.data, 'refused')) return frameOfCsr(rows, sparseProducts(sparse, rows, products));
  const values = matrixOf(frame, 'polynomial_features');
  const cells = cellsOf(rows, products.width, 'polynomial_features');
  const made = isSingle(frame) ? new Float32Array(cells) : new Float64Array(cells);
  const all = isSingle(frame) ? new Float32Array(products.end) : new Float64Array(products.end);
  for (let i = 0; i < rows; i++) {
    all.set(values.subarray(i * width, (i + 1) * width));
    for (const { starts, skips, end } of products.levels)
      for (let j = 0; j < width; j++) {
        const x = values[i * width + j]!;
        for (let from = skips[j]!, to = starts[j]!; from < end; from++, to++) all[to] = all[from]! * x;
      }
    const at = i * products.width;
    if (products.bias) made[at] = 1;
    made.set(all.subarray(products.from), at + Number(products.bias));
  }
  return frameOfMatrix(rows, products.width, made);
}

interface Entry {
  readonly place: number;
  readonly value: number;
}

/** Only the products of what is not zero. */
function sparseProducts({ indptr, indices, data }: Csr, rows: number, products: Products): Csr {
  const { from, levels, bias, width } = products;
  const places: number[] = [];
  const values: number[] = [];
  const starts = new Int32Array(rows + 1);
  const keep = (entries: readonly Entry[]): void => {
    for (const { place, value } of entries) {
      if (place < from) continue;
      places.push(place - from + Number(bias));
      values.push(value);
    }
  };
  for (let i = 0; i < rows; i++) {
    if (bias) {
      places.push(0);
      values.push(1);
    }
    const first = entriesOf(indices, data, indptr[i]!, indptr[i + 1]!);
    keep(first);
    let last = first;
    for (const { starts: to, skips } of levels) {
      last = first.flatMap(({ place: column, value: x }) =>
        last
          .filter(({ place }) => place >= skips[column]!)
          .map(({ place, value }) => ({ place: to[column]! + place - skips[column]!, value: value * x })),
      );
      keep(last);
    }
    starts[i + 1] = places.length;
  }
  const made = data instanceof Float32Array ? Float32Array.from(values) : Float64Array.from(values);
  return { width, indptr: starts, indices: Int32Array.from(places), data: made };
}

const entriesOf = (places: Int32Array, values: Numbers, from: number, to: number): Entry[] =>
  Array.from({ length: to - from }, (_, at) => ({ place: places[from + at]!, value: values[from + at]! }));
