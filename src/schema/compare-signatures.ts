// Turns two signatures into what differs, and says which difference breaks a caller that was written for the first one.
import { describeShape, describeType } from './describe-schema.js';
import type { ColumnSpec, ColumnType, ParamSpec, Schema, Signature, TensorSpec } from './types.js';

export interface SignatureChange {
  readonly part: 'inputs' | 'outputs' | 'params';
  /** Name of the column, tensor or param, or its position if it has none; null for a change of the whole part. */
  readonly name: string | null;
  readonly change: 'added' | 'removed' | 'type' | 'shape' | 'required' | 'order' | 'default' | 'kind';
  readonly before: string | null;
  readonly after: string | null;
  /** Rows that the first signature accepts are refused now, or answers that it promises do not come any more. */
  readonly breaking: boolean;
}

/** A value of the first type is also one of the second, by MLflow's rules. */
const WIDENS: ReadonlySet<string> = new Set(['integer long', 'integer double', 'float double']);

const widens = (before: ColumnType, after: ColumnType): boolean =>
  after.kind === 'any' || WIDENS.has(`${describeType(before)} ${describeType(after)}`);

const neededText = (required: boolean): string => (required ? 'required' : 'optional');
const columnText = (spec: ColumnSpec): string => `${describeType(spec.type)}, ${neededText(spec.required)}`;
const tensorText = (spec: TensorSpec): string => `${spec.dtype} ${describeShape(spec.shape)}`;
const paramText = (spec: ParamSpec): string =>
  `${describeType(spec.type)}${spec.shape === null ? '' : ` ${describeShape(spec.shape)}`}`;

const named = <T extends { readonly name: string | undefined }>(specs: readonly T[]): Map<string, T> =>
  new Map(specs.map((spec, at) => [spec.name ?? `#${at}`, spec]));

type Part = Exclude<SignatureChange['part'], 'params'>;

function columnChanges(part: Part, before: ColumnSpec, after: ColumnSpec, name: string): SignatureChange[] {
  const changes: SignatureChange[] = [];
  const types = [describeType(before.type), describeType(after.type)] as const;
  if (types[0] !== types[1])
    changes.push({
      part,
      name,
      change: 'type',
      before: types[0],
      after: types[1],
      breaking: part === 'outputs' || !widens(before.type, after.type),
    });
  if (before.required !== after.required)
    changes.push({
      part,
      name,
      change: 'required',
      before: neededText(before.required),
      after: neededText(after.required),
      // An input may become optional, and an output may become certain.
      breaking: after.required === (part === 'inputs'),
    });
  return changes;
}

/** Whether a tensor of the first shape also fits the second. */
const shapeFits = (from: readonly number[], into: readonly number[]): boolean =>
  from.length === into.length && into.every((size, at) => size === -1 || size === from[at]);

function tensorChanges(part: Part, before: TensorSpec, after: TensorSpec, name: string): SignatureChange[] {
  const changes: SignatureChange[] = [];
  if (before.dtype !== after.dtype)
    changes.push({ part, name, change: 'type', before: before.dtype, after: after.dtype, breaking: true });
  const shapes = [describeShape(before.shape), describeShape(after.shape)] as const;
  if (shapes[0] !== shapes[1])
    changes.push({
      part,
      name,
      change: 'shape',
      before: shapes[0],
      after: shapes[1],
      breaking: part === 'inputs' ? !shapeFits(before.shape, after.shape) : !shapeFits(after.shape, before.shape),
    });
  return changes;
}

/** What is gone, what is new, what both have, and whether the order of that changed. */
function listChanges<T extends ColumnSpec | TensorSpec>(
  part: Part,
  lists: { readonly before: readonly T[]; readonly after: readonly T[] },
  text: (spec: T) => string,
  compare: (part: Part, before: T, after: T, name: string) => SignatureChange[],
): SignatureChange[] {
  const [before, after] = [named(lists.before), named(lists.after)];
  const changes: SignatureChange[] = [];
  for (const [name, spec] of before) {
    const now = after.get(name);
    if (now === undefined)
      changes.push({ part, name, change: 'removed', before: text(spec), after: null, breaking: true });
    else changes.push(...compare(part, spec, now, name));
  }
  for (const [name, spec] of after) {
    if (before.has(name)) continue;
    const needed = !('required' in spec) || spec.required;
    changes.push({
      part,
      name,
      change: 'added',
      before: null,
      after: text(spec),
      breaking: part === 'inputs' && needed,
    });
  }
  const [was, is] = [
    [...before.keys()].filter((name) => after.has(name)),
    [...after.keys()].filter((name) => before.has(name)),
  ];
  if (was.join('\n') !== is.join('\n'))
    // A CSV file and dataframe_split have an order; answers are read by name.
    changes.push({
      part,
      name: null,
      change: 'order',
      before: was.join(', '),
      after: is.join(', '),
      breaking: part === 'inputs',
    });
  return changes;
}

function schemaChanges(part: Part, before: Schema | null, after: Schema | null): SignatureChange[] {
  if (before?.kind === 'columns' && after?.kind === 'columns')
    return listChanges(part, { before: before.columns, after: after.columns }, columnText, columnChanges);
  if (before?.kind === 'tensors' && after?.kind === 'tensors')
    return listChanges(part, { before: before.tensors, after: after.tensors }, tensorText, tensorChanges);
  if ((before?.kind ?? null) === (after?.kind ?? null)) return [];
  const change = { part, name: null, before: before?.kind ?? null, after: after?.kind ?? null } as const;
  if (before === null) return [{ ...change, change: 'added', breaking: false }];
  return [{ ...change, change: after === null ? 'removed' : 'kind', breaking: true }];
}

function paramChanges(before: readonly ParamSpec[], after: readonly ParamSpec[]): SignatureChange[] {
  const part = 'params';
  const [was, is] = [named(before), named(after)];
  const changes: SignatureChange[] = [];
  const defaultText = ({ default: value }: ParamSpec): string =>
    JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ?? 'none';
  for (const [name, spec] of was) {
    const now = is.get(name);
    if (now === undefined) {
      changes.push({ part, name, change: 'removed', before: paramText(spec), after: null, breaking: true });
      continue;
    }
    if (paramText(spec) !== paramText(now))
      changes.push({ part, name, change: 'type', before: paramText(spec), after: paramText(now), breaking: true });
    else if (defaultText(spec) !== defaultText(now))
      changes.push({
        part,
        name,
        change: 'default',
        before: defaultText(spec),
        after: defaultText(now),
        breaking: false,
      });
  }
  for (const [name, spec] of is)
    if (!was.has(name))
      changes.push({ part, name, change: 'added', before: null, after: paramText(spec), breaking: false });
  return changes;
}

/** `null`: the model has no signature. A model without one promises nothing and refuses nothing. */
export function compareSignatures(before: Signature | null, after: Signature | null): readonly SignatureChange[] {
  return [
    ...schemaChanges('inputs', before?.inputs ?? null, after?.inputs ?? null),
    ...schemaChanges('outputs', before?.outputs ?? null, after?.outputs ?? null),
    ...paramChanges(before?.params ?? [], after?.params ?? []),
  ];
}
