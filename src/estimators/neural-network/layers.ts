// Turns features into the outputs of a neural network, layer by layer (sklearn.neural_network.MLPClassifier and MLPRegressor).
import { exp } from '../exponential.js';
import type { Fitted } from '../fitted.js';
import { type Csr, type Frame, matrixOf, type Numbers } from '../frame.js';
import { finiteCsr } from '../frames/finite-csr.js';
import { isSingle } from '../frames/is-single.js';
import { softmax } from '../probabilities/softmax.js';
import { logistic } from '../special/logistic.js';
import { tanh } from '../special/tanh.js';
import { stepName } from '../step-name.js';

interface Layer {
  /** Row-major, inputs × outputs */
  readonly coefs: Float64Array;
  /** [outputs] */
  readonly intercepts: Float64Array;
}

export interface NeuralNetwork<Kind extends string> extends Fitted<Kind> {
  readonly layers: readonly Layer[];
  /** After each layer but the last. */
  readonly activation: Activation;
  readonly out_activation_: Activation | 'softmax';
}

type Activation = 'identity' | 'logistic' | 'tanh' | 'relu' | 'exp';

const ACTIVATIONS: Readonly<Record<Exclude<Activation, 'identity'>, (x: number) => number>> = {
  logistic,
  tanh,
  relu: (x) => Math.max(x, 0),
  exp,
};

/** Row-major, rows × outputs. A network of float32 computes with float32 numbers in float32. */
export function networkOutputs(model: NeuralNetwork<string>, frame: Frame): Float64Array {
  const step = stepName(model.kind);
  const make = model.dtype === 'float32' && isSingle(frame) ? Float32Array : Float64Array;
  const last = model.layers.length - 1;
  let values: Numbers = new Float64Array(0);
  for (const [at, layer] of model.layers.entries()) {
    const { intercepts } = layer;
    const made = new make(frame.rows * intercepts.length);
    if (at > 0) multiply(values, layer, made);
    else if (frame.sparse) multiplySparse(finiteCsr(frame.sparse, step), layer, made);
    else multiply(matrixOf(frame, step), layer, made);
    for (let i = 0; i < made.length; i++) made[i] = made[i]! + intercepts[i % intercepts.length]!;
    activate(made, at === last ? model.out_activation_ : model.activation, intercepts.length);
    values = made;
  }
  return Float64Array.from(values);
}

function activate(values: Numbers, activation: NeuralNetwork<string>['out_activation_'], width: number): void {
  if (activation === 'identity') return;
  if (activation === 'softmax') {
    for (let from = 0; from < values.length; from += width) softmax(values, from, width);
    return;
  }
  const change = ACTIVATIONS[activation];
  for (let i = 0; i < values.length; i++) values[i] = change(values[i]!);
}

function multiply(from: Numbers, layer: Layer, to: Numbers): void {
  if (to instanceof Float64Array && from instanceof Float64Array) multiplyDoubles(from, layer, to);
  else multiplySingles(from, layer, to);
}

/** Four outputs at a time, so that the processor need not wait for one sum. */
function multiplyDoubles(from: Float64Array, { coefs, intercepts }: Layer, to: Float64Array): void {
  const outputs = intercepts.length;
  const inputs = coefs.length / outputs;
  const whole = outputs - (outputs % 4);
  for (let i = 0, row = 0; row < to.length; i += inputs, row += outputs) {
    for (let k = 0; k < whole; k += 4) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let j = 0, at = k; j < inputs; j++, at += outputs) {
        const value = from[i + j]!;
        a += value * coefs[at]!;
        b += value * coefs[at + 1]!;
        c += value * coefs[at + 2]!;
        d += value * coefs[at + 3]!;
      }
      to[row + k] = a;
      to[row + k + 1] = b;
      to[row + k + 2] = c;
      to[row + k + 3] = d;
    }
    for (let k = whole; k < outputs; k++) {
      let sum = 0;
      for (let j = 0; j < inputs; j++) sum += from[i + j]! * coefs[j * outputs + k]!;
      to[row + k] = sum;
    }
  }
}

/** Each product is added in the precision of `to`. */
function multiplySingles(from: Numbers, { coefs, intercepts }: Layer, to: Numbers): void {
  const outputs = intercepts.length;
  const inputs = coefs.length / outputs;
  for (let i = 0, row = 0; row < to.length; i += inputs, row += outputs) {
    for (let j = 0; j < inputs; j++) {
      const value = from[i + j]!;
      for (let k = 0; k < outputs; k++) to[row + k] = to[row + k]! + value * coefs[j * outputs + k]!;
    }
  }
}

function multiplySparse({ indptr, indices, data }: Csr, { coefs, intercepts }: Layer, to: Numbers): void {
  const outputs = intercepts.length;
  for (let i = 0; i + 1 < indptr.length; i++) {
    for (let at = indptr[i]!; at < indptr[i + 1]!; at++) {
      const [value, from] = [data[at]!, indices[at]! * outputs];
      for (let k = 0; k < outputs; k++) to[i * outputs + k] = to[i * outputs + k]! + value * coefs[from + k]!;
    }
  }
}
