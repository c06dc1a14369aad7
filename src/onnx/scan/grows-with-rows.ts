// Turns a graph into a proof that its time and memory grow with the rows it is given and with nothing else, or into "not proven".
// The sizes of such a graph are decided by its weights and the number of rows, never by what the rows hold, so one run over a few
// rows tells what any other run costs. Rows lie on the first axis; two axes of rows would multiply, so whatever could make them is
// not proven: loops, sizes computed from data, and every operator that is not in the tables below.
import type { GraphProto, ModelProto, NodeProto } from '../graph.js';
import { graphValues } from '../inspect.js';
import type { Scope } from '../walk-model.js';
import { ConstantValues } from './constant-values.js';
import { SCAN_LIMITS } from './limits.js';

/** What is known of a tensor. `fixed`: its size does not depend on the rows. `rows`: the first axis grows with them, no other. `moved`: it grows with them, the axis is not known. */
interface Shape {
  readonly kind: 'fixed' | 'rows' | 'moved';
  readonly rank: number;
}

interface Facts {
  readonly inputs: readonly Shape[];
  /** An attribute of one number, or several. */
  number(name: string, otherwise: number): number;
  /** Whole numbers of an attribute, or of the input at `place` where constants decide them. */
  numbers(name: string, place: number): readonly number[] | null;
}

type Rule = (facts: Facts) => Shape | readonly Shape[] | null;

const rows = (rank: number): Shape => ({ kind: 'rows', rank });

/** Operands spread over one another: rows stay rows only where all of them have their rows on the same axis. */
const together: Rule = ({ inputs }) => {
  const growing = inputs.filter(({ kind }) => kind !== 'fixed');
  const [first] = growing;
  const highest = Math.max(...inputs.map(({ rank }) => rank));
  if (first === undefined) return { kind: 'fixed', rank: highest };
  if (inputs.length === 1) return first;
  return growing.every(({ kind, rank }) => kind === 'rows' && rank === highest) ? first : null;
};

/** The first input alone decides the size; the others are weights. */
const likeFirst: Rule = ({ inputs: [first, ...others] }) =>
  first && others.every(({ kind }) => kind === 'fixed') ? first : null;

const product: Rule = ({ inputs: [left, right], number }) =>
  left?.kind === 'rows' && left.rank >= 2 && right?.kind === 'fixed' && right.rank === 2 && number('transA', 0) === 0
    ? left
    : null;

/** Axes as 0 … rank − 1, or null where one of them is that of the rows. */
function without0(axes: readonly number[] | null, rank: number): readonly number[] | null {
  const places = axes?.map((axis) => (axis < 0 ? axis + rank : axis)) ?? null;
  return places?.every((axis) => axis > 0) ? places : null;
}

const reduced: Rule = ({ inputs: [first], number, numbers }) => {
  const axes = first?.kind === 'rows' ? without0(numbers('axes', 1), first.rank) : null;
  return axes === null ? null : rows(first!.rank - (number('keepdims', 1) === 0 ? axes.length : 0));
};

const best: Rule = ({ inputs: [first], number }) => {
  const axes = first?.kind === 'rows' ? without0([number('axis', 0)], first.rank) : null;
  return axes === null ? null : rows(first!.rank - (number('keepdims', 1) === 0 ? 1 : 0));
};

const joined: Rule = (facts) => {
  const [first] = facts.inputs;
  return without0([facts.number('axis', 0)], first?.rank ?? 0) && facts.inputs.every(({ rank }) => rank === first!.rank)
    ? together(facts)
    : null;
};

const reshaped: Rule = ({ inputs: [first], numbers }) => {
  const shape = numbers('shape', 1);
  if (shape === null || first === undefined) return null;
  if (first.kind === 'fixed') return { kind: 'fixed', rank: shape.length };
  const [lead, ...rest] = shape;
  const keepsRows =
    (lead === -1 && rest.every((size) => size > 0)) ||
    (lead === 0 && first.kind === 'rows' && rest.every((size) => size > 0 || size === -1));
  return { kind: keepsRows ? 'rows' : 'moved', rank: shape.length };
};

const resized =
  (sign: 1 | -1): Rule =>
  ({ inputs: [first], numbers }) => {
    const given = numbers('axes', 1);
    if (first === undefined || given === null) return null;
    const rank = first.rank + sign * given.length;
    const onRows = without0(given, Math.max(rank, first.rank)) === null;
    return { kind: first.kind === 'rows' && onRows ? 'moved' : first.kind, rank };
  };

/** Models of ai.onnx.ml over one table: a column of labels or values, and a table of scores. */
const overTable =
  (...ranks: number[]): Rule =>
  ({ inputs: [first] }) =>
    first?.kind === 'rows' && first.rank === 2 ? ranks.map(rows) : null;

const gathered: Rule = ({ inputs: [data, indices], number }) => {
  if (!data || !indices) return null;
  const rank = data.rank - 1 + indices.rank;
  const axis = number('axis', 0);
  if (data.kind === 'fixed') return axis === 0 || indices.kind === 'fixed' ? { kind: indices.kind, rank } : null;
  return data.kind === 'rows' && indices.kind === 'fixed' && without0([axis], data.rank) ? rows(rank) : null;
};

const extracted: Rule = ({ inputs: [data, indices] }) => {
  if (data?.kind === 'rows' && data.rank >= 2 && indices?.kind === 'fixed') return data;
  return data?.kind === 'fixed' && data.rank === 1 && indices ? { kind: 'moved', rank: 2 } : null;
};

function ruleTable(lists: readonly (readonly [Rule, string])[]): ReadonlyMap<string, Rule> {
  return new Map(lists.flatMap(([rule, names]) => names.split(' ').map((name) => [name, rule] as const)));
}

const PLAIN = ruleTable([
  [
    together,
    'Add Sub Mul Div Pow Mod Max Min Sum Mean Where PRelu Less LessOrEqual Greater GreaterOrEqual Equal And Or Xor',
  ],
  [
    likeFirst,
    'Identity Cast Abs Neg Exp Log Sqrt Reciprocal Floor Ceil Round Sign Not Erf IsNaN IsInf Clip Sigmoid HardSigmoid Tanh Relu LeakyRelu Elu Selu Softplus Softsign Gelu Softmax LogSoftmax Dropout BatchNormalization LayerNormalization InstanceNormalization LRN Slice Conv MaxPool AveragePool GlobalMaxPool GlobalAveragePool',
  ],
  [product, 'MatMul Gemm'],
  [reduced, 'ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSumExp ReduceSumSquare'],
  [best, 'ArgMax ArgMin'],
  [joined, 'Concat'],
  [reshaped, 'Reshape'],
  [resized(1), 'Unsqueeze'],
  [resized(-1), 'Squeeze'],
  [gathered, 'Gather'],
  [({ inputs: [first], number }) => (first?.kind === 'rows' && number('axis', 1) === 1 ? rows(2) : null), 'Flatten'],
  [
    ({ inputs: [first], numbers }) =>
      first && first.kind !== 'fixed' && numbers('perm', -1)?.[0] !== 0 ? { ...first, kind: 'moved' } : (first ?? null),
    'Transpose',
  ],
]);

const ML = ruleTable([
  [likeFirst, 'Scaler Imputer Normalizer Binarizer LabelEncoder CategoryMapper ZipMap'],
  [overTable(1, 2), 'LinearClassifier TreeEnsembleClassifier SVMClassifier'],
  [overTable(2), 'LinearRegressor TreeEnsembleRegressor SVMRegressor TreeEnsemble'],
  [({ inputs: [first] }) => (first?.kind === 'rows' ? rows(first.rank + 1) : null), 'OneHotEncoder'],
  [extracted, 'ArrayFeatureExtractor'],
  [(facts) => (facts.inputs.every(({ rank }) => rank === 2) ? together(facts) : null), 'FeatureVectorizer'],
]);

export function growsWithRows({ graph, functions }: ModelProto): boolean {
  if (graph === undefined || (functions ?? []).length > 0 || (graph.sparseInitializer ?? []).length > 0) return false;
  const shapes = startOf(graph);
  if (shapes === null) return false;
  const constants = new ConstantValues(SCAN_LIMITS);
  const scope: Scope = {
    parent: null,
    nodes: graph.node ?? [],
    initializers: graph.initializer ?? [],
    inputs: (graph.input ?? []).map(({ name }) => name ?? ''),
  };
  return scope.nodes.every((node) => {
    const made = shapeOf(node, shapes, constants, scope);
    if (made === null) return false;
    (node.output ?? []).forEach((name, place) => {
      const shape = made[place] ?? made[0];
      if (name !== '' && shape) shapes.set(name, shape);
    });
    return true;
  });
}

/** Of the weights, and of the inputs: what is fed has its rows first, and every other size is fixed. */
function startOf(graph: GraphProto): Map<string, Shape> | null {
  const shapes = new Map<string, Shape>();
  for (const { name = '', dims = [] } of graph.initializer ?? [])
    shapes.set(name, { kind: 'fixed', rank: dims.length });
  for (const { name, shape } of graphValues(graph).inputs) {
    if (shape === null || shape.length === 0 || shape.slice(1).some((size) => size < 0)) return null;
    shapes.set(name, rows(shape.length));
  }
  return shapes;
}

function shapeOf(
  node: NodeProto,
  shapes: ReadonlyMap<string, Shape>,
  constants: ConstantValues,
  scope: Scope,
): readonly Shape[] | null {
  const { domain = '', opType = '' } = node;
  const isPlain = domain === '' || domain === 'ai.onnx';
  const attributes = new Map((node.attribute ?? []).map((attribute) => [attribute.name ?? '', attribute]));
  if (isPlain && opType === 'Constant') {
    const { t, ints, floats, strings } = node.attribute?.[0] ?? {};
    return [{ kind: 'fixed', rank: t?.dims?.length ?? (ints || floats || strings ? 1 : 0) }];
  }
  const rule = isPlain ? PLAIN.get(opType) : domain === 'ai.onnx.ml' ? ML.get(opType) : undefined;
  const names = (node.input ?? []).filter((name) => name !== '');
  const inputs = names.map((name) => shapes.get(name));
  if (rule === undefined || inputs.length === 0 || !inputs.every((shape) => shape !== undefined)) return null;
  const made = rule({
    inputs,
    number: (name, otherwise) => Number(attributes.get(name)?.i ?? otherwise),
    numbers(name, place) {
      const given = attributes.get(name)?.ints ?? constants.of(node.input?.[place], scope);
      return given === null ? null : Array.from(given, Number);
    },
  });
  return made === null ? null : 'kind' in made ? [made] : made;
}
