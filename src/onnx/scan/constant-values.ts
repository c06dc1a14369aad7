// Turns a name in a graph into the whole numbers that it has, if constants alone decide: initializers, Constant, and arithmetic
// on them. Null if rows decide. Flat, without shapes, and only for small tensors, because shapes, repeats and trip counts are
// small.
import { DATA_TYPE } from '../../data/element-types.js';
import type { NodeProto, Repeated, TensorProto } from '../graph.js';
import { elementCount } from '../tensor-size.js';
import type { Scope } from '../walk-model.js';
import type { ScanLimits } from './scan-limits.js';

const MAX_VALUES = 64;
/** Inputs of one node that are examined; a node with more counts as decided by rows. */
const MAX_OPERANDS = 16;

type Values = readonly bigint[];

/** What a name of one graph refers to, by name. */
interface Producers {
  readonly nodes: ReadonlyMap<string, NodeProto>;
  readonly tensors: ReadonlyMap<string, TensorProto>;
  readonly inputs: ReadonlySet<string>;
  /** What was computed already; null if rows decide, and while a name is being computed (a cycle is not a constant). */
  readonly known: Map<string, Values | null>;
}

/** A name with the graph that makes it. */
interface Found {
  readonly name: string;
  readonly scope: Scope;
  readonly producers: Producers;
}

/**
 * Each name is computed once, so the work grows with the graph and not with the number of ways through it. `limits.constants`
 * bounds the values computed in all: beyond it the graph is refused (`exhausted`), and every further name is null.
 */
export class ConstantValues {
  readonly #producers = new WeakMap<Scope, Producers>();
  #left: number;

  constructor(limits: Pick<ScanLimits, 'constants'>) {
    this.#left = limits.constants;
  }

  /** True if the graph computes more constants from constants than the limit allows. */
  get exhausted(): boolean {
    return this.#left < 0;
  }

  of(name: string | undefined, scope: Scope): Values | null {
    const start = this.#find(name, scope);
    if (start === null) return null;
    // Depth first with a stack of our own, because a chain of nodes may be long.
    const stack = [{ found: start, opened: false }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const { name, scope, producers } = top.found;
      const tensor = producers.tensors.get(name);
      const node = tensor ? undefined : producers.nodes.get(name);
      if (top.opened) {
        stack.pop();
        producers.known.set(name, this.#paid(tensor ? tensorValues(tensor) : this.#evaluate(node!, scope)));
      } else if (producers.known.has(name)) {
        stack.pop();
      } else {
        top.opened = true;
        // Null until it is computed: a node that needs it meanwhile closes a cycle, which is not a constant.
        producers.known.set(name, null);
        for (const input of node ? operandsOf(node) : []) {
          const found = this.#find(input, scope);
          if (found) stack.push({ found, opened: false });
        }
      }
    }
    return start.producers.known.get(start.name) ?? null;
  }

  /** The graph that makes the name, from the inside out; null if a row or nothing makes it. */
  #find(name: string | undefined, scope: Scope): Found | null {
    if (!name) return null;
    for (let at: Scope | null = scope; at; at = at.parent) {
      const producers = this.#producersIn(at);
      if (producers.tensors.has(name) || producers.nodes.has(name)) return { name, scope: at, producers };
      if (producers.inputs.has(name)) return null;
    }
    return null;
  }

  #producersIn(scope: Scope): Producers {
    let producers = this.#producers.get(scope);
    if (!producers) {
      const nodes = new Map<string, NodeProto>();
      for (const node of scope.nodes) for (const output of node.output ?? []) nodes.set(output, node);
      const tensors = new Map(scope.initializers.map((tensor) => [tensor.name ?? '', tensor]));
      producers = { nodes, tensors, inputs: new Set(scope.inputs), known: new Map() };
      this.#producers.set(scope, producers);
    }
    return producers;
  }

  #paid(values: Values | null): Values | null {
    this.#left -= 1 + (values?.length ?? 0);
    return this.exhausted ? null : values;
  }

  /** By what is known of its operands. */
  #evaluate(node: NodeProto, scope: Scope): Values | null {
    if (node.opType === 'Constant') return constantNode(node);
    const evaluate = operatorOf(node);
    if (!evaluate) return null;
    const operands: Values[] = [];
    for (const input of operandsOf(node)) {
      const found = this.#find(input, scope);
      const values = found?.producers.known.get(found.name);
      if (!values) return null;
      operands.push(values);
      this.#left -= values.length;
    }
    const result = evaluate(operands);
    return result === null || result.length > MAX_VALUES ? null : result;
  }
}

function operatorOf(node: NodeProto): Operator | undefined {
  return (node.domain ?? '') === '' ? OPERATORS.get(node.opType ?? '') : undefined;
}

/** The inputs that decide its value; none if the operator is not computed here. */
function operandsOf(node: NodeProto): readonly string[] {
  const evaluate = operatorOf(node);
  return evaluate ? (node.input ?? []).slice(0, evaluate === first ? 1 : MAX_OPERANDS) : [];
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

/** Null if the tensor is large, or contains more or less than it claims (which is a finding of its own). */
function tensorValues(tensor: TensorProto): Values | null {
  const count = elementCount(tensor.dims ?? []);
  if (count < 0n || count > MAX_VALUES) return null;
  const { rawData: raw, dataType } = tensor;
  const typed = <T>(values: Repeated<T> = []): T[] | null => (BigInt(values.length) === count ? [...values] : null);
  if (!raw || raw.length === 0) {
    if (count === 0n) return [];
    if (dataType === DATA_TYPE.FLOAT) return fromDoubles(typed(tensor.floatData));
    if (dataType === DATA_TYPE.DOUBLE) return fromDoubles(typed(tensor.doubleData));
    if (dataType === DATA_TYPE.INT64) return typed(tensor.int64Data);
    const isInt32 = dataType === DATA_TYPE.INT32 || dataType === DATA_TYPE.BOOL;
    return isInt32 ? typed(tensor.int32Data) : null;
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const many = <T>(size: number, at: (offset: number) => T): T[] | null =>
    BigInt(raw.length) === count * BigInt(size) ? Array.from({ length: Number(count) }, (_, i) => at(i * size)) : null;
  switch (dataType) {
    case DATA_TYPE.INT64:
      return many(8, (at) => view.getBigInt64(at, true));
    case DATA_TYPE.INT32:
      return many(4, (at) => BigInt(view.getInt32(at, true)));
    case DATA_TYPE.BOOL:
      return many(1, (at) => BigInt(view.getUint8(at)));
    case DATA_TYPE.FLOAT:
      return fromDoubles(many(4, (at) => view.getFloat32(at, true)));
    case DATA_TYPE.DOUBLE:
      return fromDoubles(many(8, (at) => view.getFloat64(at, true)));
    default:
      return null;
  }
}

/** Rounded up in size, because only magnitudes matter here. */
function fromDoubles(values: readonly number[] | null): Values | null {
  return values?.every(Number.isFinite)
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

/** Floor is close enough, because only magnitudes matter here. */
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
