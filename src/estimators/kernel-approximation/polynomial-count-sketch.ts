// Turns features into a sketch of all their products of one degree (sklearn.kernel_approximation.PolynomialCountSketch).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { stepName } from '../step-name.js';

export interface PolynomialCountSketch extends Fitted<'PolynomialCountSketch'> {
  readonly degree: number;
  readonly gamma: number;
  readonly coef0: number;
  readonly n_components: number;
  /** Row-major, degree × features (and a constant one if coef0 is not 0): the component that the feature is counted in. */
  readonly indexHash_: Int32Array;
  /** Its sign. */
  readonly bitHash_: Float64Array;
}

/** scikit-learn folds the sketches by way of the Fourier transform; the sums are the same. */
export function transformPolynomialCountSketch(model: PolynomialCountSketch, frame: Frame): Frame {
  const { degree, n_components: count, gamma, coef0, indexHash_, bitHash_ } = model;
  const x = matrixOf(frame, stepName(model.kind));
  const width = widthOf(frame);
  const hashed = indexHash_.length / degree;
  const [scale, constant] = [Math.sqrt(gamma), Math.sqrt(coef0)];
  const values = new Float64Array(frame.rows * count);
  const sketch = new Float64Array(count);
  for (let i = 0; i < frame.rows; i++) {
    let product = new Float64Array(0);
    for (let d = 0; d < degree; d++) {
      sketch.fill(0);
      for (let j = 0; j < hashed; j++) {
        const value = j < width ? scale * x[i * width + j]! : constant;
        sketch[indexHash_[d * hashed + j]!]! += bitHash_[d * hashed + j]! * value;
      }
      product = d === 0 ? sketch.slice() : folded(sketch, product);
    }
    values.set(product, i * count);
  }
  return frameOfMatrix(frame.rows, count, values);
}

/** The circular convolution; `a` has few values that are not zero. */
function folded(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const size = a.length;
  const made = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const value = a[i]!;
    if (value === 0) continue;
    for (let j = 0; j < size; j++) made[i + j < size ? i + j : i + j - size]! += value * b[j]!;
  }
  return made;
}
