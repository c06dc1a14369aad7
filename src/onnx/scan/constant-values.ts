// The whole numbers that a name in a graph stands for, where constants alone decide: initializers, Constant, and arithmetic on
// them. Null where rows decide. Flat, without shapes, and only for small tensors: shapes, repeats and trip counts are small.
import { DATA_TYPE } from '../element-types.js';
import type { NodeProto, TensorProto } from '../graph.js';
import { elementCount } from '../tensor-size.js';
import type { Scope } from '../walk-model.js';

const MAX_VALUES = 64;
const MAX_DEPTH = 24;

type Values = readonly bigint[];

export class ConstantValues {
  readonly #producers = new WeakMap<Scope, { nodes: Map<string, NodeProto>; tensors: Map<string, TensorProto> }>();

  of(name: string | undefined, scope: Scope, depth = 0): Values | null {
    if (!name || depth > MAX_DEPTH) return null;
    for (let at: Scope | null = scope; at; at = at.parent) {
      const { nodes, tensors } = this.#index(at);
      const tensor = tensors.get(name);
      if (tensor) return tensorValues(tensor);
      const node = nodes.get(name);
      if (node) return this.#evaluate(node, at, depth + 1);
      if (at.inputs.includes(name)) return null;
    }
    return null;
  }

  #index(scope: Scope) {
    let index = this.#producers.get(scope);
    if (!index) {
      index = { nodes: new Map(), tensors: new Map() };
      for (const node of scope.nodes) for (const output of node.output ?? []) index.nodes.set(output, node);
      for (const tensor of scope.initializers) index.tensors.set(tensor.name ?? '', tensor);
      this.#producers.set(scope, index);
    }
    return index;
  }

  #evaluate(node: NodeProto, scope: Scope, depth: number): Values | null {
    if (node.opType === 'Constant') return constantNode(node);
    const evaluate = OPERATORS.get(node.opType ?? '');
    if (!evaluate || (node.domain ?? '') !== '') return null;
    const operands: Values[] = [];
    for (const input of (node.input ?? []).slice(0, evaluate === first ? 1 : 16)) {
      const values = this.of(input, scope, depth);
      if (values === null) return null;
      operands.push(values);
    }
    const result = evaluate(operands);
    return result === null || result.length > MAX_VALUES ? null : result;
  }
}

function constantNode(node: NodeProto): Values | null {
  for (const { name, t, i, f, ints } of node.attribute ?? []) {
    if (name === 'value' && t) return tensorValues(t);
    if (name === 'value_int' && i !== undefined) return [i];
    if (name === 'value_ints' && ints && ints.length <= MAX_VALUES) return [...ints];
    if (name === 'value_float' && f !== undefined) return fromDoubles([f]);
  }
  return null;
}

export function tensorValues(tensor: TensorProto): Values | null {
  const count = elementCount(tensor.dims ?? []);
  if (count < 0n || count > MAX_VALUES) return null;
  const { rawData: raw, dataType } = tensor;
  if (!raw || raw.length === 0) {
    if (dataType === DATA_TYPE.FLOAT) return fromDoubles([...(tensor.floatData ?? [])]);
    if (dataType === DATA_TYPE.DOUBLE) return fromDoubles([...(tensor.doubleData ?? [])]);
    const values =
      dataType === DATA_TYPE.INT64
        ? tensor.int64Data
        : dataType === DATA_TYPE.INT32 || dataType === DATA_TYPE.BOOL
          ? tensor.int32Data
          : undefined;
    return values ? [...values] : count === 0n ? [] : null;
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const many = (size: number, at: (offset: number) => bigint): Values =>
    Array.from({ length: Math.floor(raw.length / size) }, (_, i) => at(i * size));
  switch (dataType) {
    case DATA_TYPE.INT64:
      return many(8, (at) => view.getBigInt64(at, true));
    case DATA_TYPE.INT32:
      return many(4, (at) => BigInt(view.getInt32(at, true)));
    case DATA_TYPE.BOOL:
      return many(1, (at) => BigInt(view.getUint8(at)));
    case DATA_TYPE.FLOAT:
      return fromDoubles(Array.from({ length: raw.length >> 2 }, (_, i) => view.getFloat32(i * 4, true)));
    case DATA_TYPE.DOUBLE:
      return fromDoubles(Array.from({ length: raw.length >> 3 }, (_, i) => view.getFloat64(i * 8, true)));
    default:
      return null;
  }
}

/** Rounded up in size: only magnitudes matter here. */
function fromDoubles(values: readonly number[]): Values | null {
  return values.every(Number.isFinite)
    ? values.map((value) => BigInt(Math.sign(value) * Math.ceil(Math.abs(value))))
    : null;
}

type Operator = (operands: readonly Values[]) => Values | null;

const first: Operator = ([values]) => values ?? null;

function pairwise(combine: (a: bigint, b: bigint) => bigint): Operator {
  return (operands) =>
    operands.reduce<Values | null>((left, right, i) => {
      if (i === 0) return right;
      if (left === null || (left.length !== right.length && left.length !== 1 && right.length !== 1)) return null;
      const length = Math.max(left.length, right.length);
      return Array.from({ length }, (_, k) =>
        BigInt.asIntN(64, combine(left[left.length === 1 ? 0 : k]!, right[right.length === 1 ? 0 : k]!)),
      );
    }, null);
}

/** Floor is near enough: only magnitudes matter here. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...['Identity', 'Cast', 'Unsqueeze', 'Squeeze', 'Flatten', 'Reshape', 'Ceil', 'Floor', 'Abs'].map(
    (name) => [name, first] as const,
  ),
  ['Concat', (operands) => operands.flat()],
  ['Add', pairwise((a, b) => a + b)],
  ['Sub', pairwise((a, b) => a - b)],
  ['Mul', pairwise((a, b) => a * b)],
  ['Div', pairwise((a, b) => (b === 0n ? 0n : a / b))],
  ['Pow', pairwise((a, b) => (b >= 0n && b < 64n ? a ** b : 0n))],
  ['Max', pairwise((a, b) => (a > b ? a : b))],
  ['Min', pairwise((a, b) => (a < b ? a : b))],
  [
    'ReduceProd',
    ([values]) => [
      BigInt.asIntN(
        64,
        (values ?? []).reduce((a, b) => a * b, 1n),
      ),
    ],
  ],
  [
    'ReduceSum',
    ([values]) => [
      BigInt.asIntN(
        64,
        (values ?? []).reduce((a, b) => a + b, 0n),
      ),
    ],
  ],
  ['And', pairwise((a, b) => a & b)],
  ['Or', pairwise((a, b) => a | b)],
]);
