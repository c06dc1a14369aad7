// Turns a function of numpy or scipy that ONNX has too into nodes.
import type { FunctionCall } from '../../../estimators/functions/element-maker.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import { noExactForm } from '../no-exact-form.js';
import { logistic } from '../scores.js';

type Write = (graph: GraphBuilder, x: string) => string;

const scalar = (graph: GraphBuilder, value: number): string => graph.doubles('constant', [], [value]);

const one =
  (operator: string): Write =>
  (graph, x) =>
    graph.node(operator, [x]);

const withConstant =
  (operator: string, value: number): Write =>
  (graph, x) =>
    graph.node(operator, [x, scalar(graph, value)]);

const then =
  (...steps: readonly Write[]): Write =>
  (graph, x) =>
    steps.reduce((at, step) => step(graph, at), x);

const FUNCTIONS: Readonly<Record<string, Write>> = {
  abs: one('Abs'),
  absolute: one('Abs'),
  fabs: one('Abs'),
  ceil: one('Ceil'),
  floor: one('Floor'),
  exp: one('Exp'),
  expm1: then(one('Exp'), withConstant('Sub', 1)),
  log: one('Log'),
  log1p: then(withConstant('Add', 1), one('Log')),
  log10: then(one('Log'), withConstant('Div', Math.LN10)),
  log2: then(one('Log'), withConstant('Div', Math.LN2)),
  neg: one('Neg'),
  negative: one('Neg'),
  pos: (_, x) => x,
  positive: (_, x) => x,
  rint: one('Round'),
  sign: one('Sign'),
  sqrt: one('Sqrt'),
  square: (graph, x) => graph.node('Mul', [x, x]),
  tanh: one('Tanh'),
  expit: logistic,
};

export function applied(graph: GraphBuilder, call: FunctionCall | null, x: string): string {
  if (call === null) return x;
  const name = call.name.slice(call.name.lastIndexOf('.') + 1);
  const write = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (write && call.first.length === 0 && call.keywords.size === 0) return write(graph, x);
  throw noExactForm('FunctionTransformer', `mlctl does not write ${call.name}, or what is given to it`);
}
