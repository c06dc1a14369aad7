// Turns a graph into a proof that its time and memory depend on the number of its rows alone, or into "not proven". The sizes in
// such a graph are decided by its weights and the number of rows, never by the content of the rows, so one run over a few rows
// shows what any other run costs. One axis of a tensor holds the rows. Two such axes would multiply, so anything that could
// create them is not proven: loops, sizes computed from data, and every operator that is not in the tables below.
import type { GraphProto, ModelProto, NodeProto } from '../graph.js';
import { graphValues } from '../inspect.js';
import type { Scope } from '../walk-model.js';
import { ConstantValues } from './constant-values.js';
import { SCAN_LIMITS } from './scan-limits.js';

/**
 * What is known of a tensor: its rank, and the one axis that grows with the rows; `fixed` if none does, `lost` if it is not known
 * which.
 */
interface Shape {
  readonly rank: number;
  readonly rows: number | 'fixed' | 'lost';
}

interface Facts {
  readonly inputs: readonly Shape[];
  /** An attribute of one number. */
  number(name: string, otherwise: number): number;
  /** Whole numbers of an attribute, or of the input at `place` if constants decide them. */
  numbers(name: string, place: number): readonly number[] | null;
}

type Rule = (facts: Facts) => Shape | readonly Shape[] | null;

const isFixed = (shape: Shape | undefined): boolean => shape?.rows === 'fixed';

/** Operands that are broadcast; the runtime aligns them at their last axes, so their rows must be on the same axis. */
function spread(...operands: readonly Shape[]): Shape | null {
  const rank = Math.max(...operands.map((one) => one.rank));
  const growing = operands.filter(({ rows }) => rows !== 'fixed');
  const [first] = growing;
  if (first === undefined) return { rank, rows: 'fixed' };
  if (operands.length === 1) return first;
  if (first.rows === 'lost' || first.rows === 'fixed') return null;
  const fromEnd = first.rank - first.rows;
  return growing.every((one) => typeof one.rows === 'number' && one.rank - one.rows === fromEnd)
    ? { rank, rows: rank - fromEnd }
    : null;
}

const together: Rule = ({ inputs }) => spread(...inputs);

/** The first input alone decides the size; the others are weights. */
const likeFirst: Rule = ({ inputs: [first, ...others] }) => (first && others.every(isFixed) ? first : null);

/** Rows times weights, or weights times columns that are rows; never rows times rows, and never summed over. */
const product: Rule = ({ inputs: [left, right, bias], number }) => {
  if (!left || !right || left.rank < 2 || right.rank < 2 || number('transA', 0) + number('transB', 0) > 0) return null;
  const rank = Math.max(left.rank, right.rank);
  const made = (fromEnd: number): Shape | null => {
    const shape: Shape = { rank, rows: rank - 1 - fromEnd };
    return bias ? spread(shape, bias) : shape;
  };
  if (isFixed(right) && typeof left.rows === 'number' && left.rows < left.rank - 1)
    return made(left.rank - 1 - left.rows);
  if (isFixed(left) && typeof right.rows === 'number' && right.rows !== right.rank - 2)
    return made(right.rank - 1 - right.rows);
  return null;
};

/** As numbers from 0. */
const counted = (axes: readonly number[], rank: number): number[] =>
  axes.map((axis) => (axis < 0 ? axis + rank : axis));

function reducedOver(first: Shape | undefined, axes: readonly number[] | null, keeps: boolean): Shape | null {
  if (first === undefined || typeof first.rows !== 'number' || axes === null) return null;
  const { rank, rows } = first;
  const gone = counted(axes, rank);
  if (gone.includes(rows)) return null;
  return keeps ? first : { rank: rank - gone.length, rows: rows - gone.filter((axis) => axis < rows).length };
}

const reduced: Rule = ({ inputs: [first], number, numbers }) =>
  reducedOver(first, numbers('axes', 1), number('keepdims', 1) !== 0);

const best: Rule = ({ inputs: [first], number }) =>
  reducedOver(first, [number('axis', 0)], number('keepdims', 1) !== 0);

const joined: Rule = ({ inputs }) => (inputs.every(({ rank }) => rank === inputs[0]?.rank) ? spread(...inputs) : null);

const reshaped: Rule = ({ inputs: [first], numbers }) => {
  const sizes = numbers('shape', 1);
  if (sizes === null || first === undefined) return null;
  const rank = sizes.length;
  if (isFixed(first)) return { rank, rows: 'fixed' };
  const kept = sizes.findIndex((size, axis) => size === 0 && axis === first.rows);
  const taken = kept >= 0 ? kept : sizes.indexOf(-1);
  const others = sizes.filter((_, axis) => axis !== taken);
  const areKnown = others.every((size) => size > 0 || (kept >= 0 && size === -1));
  return { rank, rows: taken >= 0 && areKnown ? taken : 'lost' };
};

const widened: Rule = ({ inputs: [first], numbers }) => {
  const given = numbers('axes', 1);
  if (first === undefined || given === null) return null;
  const rank = first.rank + given.length;
  const added = new Set(counted(given, rank));
  const old = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !added.has(axis));
  return { rank, rows: typeof first.rows === 'number' ? (old[first.rows] ?? 'lost') : first.rows };
};

const narrowed: Rule = ({ inputs: [first], numbers }) => {
  const given = numbers('axes', 1);
  if (first === undefined || given === null) return null;
  const gone = counted(given, first.rank);
  const { rows } = first;
  const rank = first.rank - gone.length;
  if (typeof rows !== 'number') return { rank, rows };
  return { rank, rows: gone.includes(rows) ? 'lost' : rows - gone.filter((axis) => axis < rows).length };
};

const turned: Rule = ({ inputs: [first], numbers }) => {
  if (first === undefined || typeof first.rows !== 'number') return first ?? null;
  const order = numbers('perm', -1) ?? Array.from({ length: first.rank }, (_, axis) => first.rank - 1 - axis);
  return { ...first, rows: order.indexOf(first.rows) };
};

const flattened: Rule = ({ inputs: [first], number }) => {
  if (first === undefined || typeof first.rows !== 'number') return first ? { ...first, rank: 2 } : null;
  const [axis] = counted([number('axis', 1)], first.rank);
  return { rank: 2, rows: first.rows < axis! ? 0 : 1 };
};

const gathered: Rule = ({ inputs: [data, indices], number }) => {
  if (!data || !indices) return null;
  const rank = data.rank - 1 + indices.rank;
  const [axis] = counted([number('axis', 0)], data.rank);
  if (isFixed(data)) return { rank, rows: typeof indices.rows === 'number' ? axis! + indices.rows : indices.rows };
  if (!isFixed(indices) || typeof data.rows !== 'number' || data.rows === axis) return null;
  return { rank, rows: data.rows < axis! ? data.rows : data.rows - 1 + indices.rank };
};

const extracted: Rule = ({ inputs: [data, indices] }) => {
  if (!data || !indices) return null;
  if (isFixed(data) && data.rank === 1) return { rank: 2, rows: isFixed(indices) ? 'fixed' : 1 };
  return isFixed(indices) && typeof data.rows === 'number' && data.rows < data.rank - 1 ? data : null;
};

/** Models of ai.onnx.ml over one table: a column of labels or values, and a table of scores. */
const overTable =
  (...ranks: number[]): Rule =>
  ({ inputs: [first] }) =>
    first?.rank === 2 && first.rows === 0 ? ranks.map((rank) => ({ rank, rows: 0 })) : null;

function ruleTable(lists: readonly (readonly [Rule, string])[]): ReadonlyMap<string, Rule> {
  return new Map(lists.flatMap(([rule, names]) => names.split('|').map((name) => [name, rule] as const)));
}

const PLAIN = ruleTable([
  [
    together,
    'Add|Sub|Mul|Div|Pow|Mod|Max|Min|Sum|Mean|Where|PRelu|Less|LessOrEqual|Greater|GreaterOrEqual|Equal|And|Or|Xor',
  ],
  [
    likeFirst,
    'Identity|Cast|Abs|Neg|Exp|Log|Sqrt|Reciprocal|Floor|Ceil|Round|Sign|Not|Erf|IsNaN|IsInf|Clip|Sigmoid|HardSigmoid|Tanh|Relu|LeakyRelu|Elu|Selu|Softplus|Softsign|Gelu|Softmax|LogSoftmax|Dropout|BatchNormalization|LayerNormalization|InstanceNormalization|LRN|Slice|CumSum|Conv|MaxPool|AveragePool|GlobalMaxPool|GlobalAveragePool',
  ],
  [product, 'MatMul|Gemm'],
  [reduced, 'ReduceSum|ReduceMean|ReduceMax|ReduceMin|ReduceProd|ReduceL1|ReduceL2|ReduceLogSumExp|ReduceSumSquare'],
  [best, 'ArgMax|ArgMin'],
  [joined, 'Concat'],
  [reshaped, 'Reshape'],
  [widened, 'Unsqueeze'],
  [narrowed, 'Squeeze'],
  [gathered, 'Gather'],
  [flattened, 'Flatten'],
  [turned, 'Transpose'],
]);

const ML = ruleTable([
  [likeFirst, 'Scaler|Imputer|Normalizer|Binarizer|LabelEncoder|CategoryMapper|ZipMap'],
  [overTable(1, 2), 'LinearClassifier|TreeEnsembleClassifier|SVMClassifier'],
  [overTable(2), 'LinearRegressor|TreeEnsembleRegressor|SVMRegressor|TreeEnsemble'],
  [({ inputs: [first] }) => (first ? { ...first, rank: first.rank + 1 } : null), 'OneHotEncoder'],
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

/** The axes of the weights and of the inputs: an input has one open size, that of the rows, and all others are fixed. */
function startOf(graph: GraphProto): Map<string, Shape> | null {
  const shapes = new Map<string, Shape>();
  for (const { name = '', dims = [] } of graph.initializer ?? [])
    shapes.set(name, { rank: dims.length, rows: 'fixed' });
  for (const { name, shape } of graphValues(graph).inputs) {
    const open = shape?.flatMap((size, axis) => (size < 0 ? [axis] : []));
    if (!shape || !open || shape.length === 0 || open.length > 1) return null;
    shapes.set(name, { rank: shape.length, rows: open[0] ?? 0 });
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
    return [{ rank: t?.dims?.length ?? (ints || floats || strings ? 1 : 0), rows: 'fixed' }];
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
  return made === null ? null : 'rank' in made ? [made] : made;
}
