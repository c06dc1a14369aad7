// Turns the object of a dtype, as a pickle holds it, into what one element of an array is.
import { type DType, type DTypeField, parseDType } from '../../numpy/dtype.js';
import { recordDType } from '../../numpy/record-dtype.js';
import { hostile } from '../../refuse.js';
import type { Saved, SavedObject } from '../../saved.js';
import { expectKind, isKind } from '../kinds.js';
import type { Machine } from '../machine.js';
import { lengthsOf } from './lengths-of.js';

/** Records may share one dtype for many fields, so a few of them inside each other could stand for any number of fields. */
const MOST_FIELDS = 1000;

export function dtypeOf(machine: Machine, saved: Saved | undefined): DType {
  const object = expectKind(machine, saved, 'object', 'a dtype');
  const known = machine.dtypes.get(object);
  const dtype = known ?? read(machine, object);
  machine.dtypes.set(object, dtype);
  machine.spend(leaves(dtype));
  return dtype;
}

/** The state is (version, byte order, base and shape, names, fields, size, alignment, flags, unit of a time). */
function read(machine: Machine, { module, name, args, state }: SavedObject): DType {
  if (module !== 'numpy' || name !== 'dtype') throw machine.malformed(`${module}.${name} for a dtype`, 'numpy.dtype');
  const text = expectKind(machine, args[0], 'str', 'the name of a dtype');
  const items = state === null ? [] : expectKind(machine, state, 'tuple', 'the state of a dtype').items;
  if (isKind(items[3], 'tuple')) return records(machine, items[3].items, items[4], items[5]);
  const order = isKind(items[1], 'str') ? items[1] : '';
  return parseDType(`${order}${text}${/^[mM]/.test(text) ? unit(items[8]) : ''}`, machine.where);
}

function records(machine: Machine, names: readonly Saved[], fields: Saved | undefined, size: Saved | undefined): DType {
  const { entries } = expectKind(machine, fields, 'dict', 'the fields of a dtype');
  const byName = new Map(entries);
  const read = names.map((name): DTypeField => {
    const field = expectKind(machine, byName.get(name), 'tuple', 'a field of a dtype').items;
    const { dtype, shape } = element(machine, field[0]);
    const offset = Number(expectKind(machine, field[1], 'int', 'the offset of a field'));
    return { name: expectKind(machine, name, 'str', 'the name of a field'), dtype, shape, offset };
  });
  if (read.reduce((sum, { dtype }) => sum + leaves(dtype), 0) > MOST_FIELDS)
    throw hostile(machine.where, 'records inside records', `at most ${MOST_FIELDS} fields`);
  return recordDType(read, Number(expectKind(machine, size, 'int', 'the size of a record')), machine.where);
}

/** A field may itself be an array: a dtype of its elements, and a shape. */
function element(machine: Machine, saved: Saved | undefined): Pick<DTypeField, 'dtype' | 'shape'> {
  const { state } = expectKind(machine, saved, 'object', 'the dtype of a field');
  const subarray = isKind(state, 'tuple') ? state.items[2] : null;
  if (!isKind(subarray, 'tuple')) return { dtype: dtypeOf(machine, saved), shape: [] };
  return { dtype: dtypeOf(machine, subarray.items[0]), shape: lengthsOf(machine, subarray.items[1]) };
}

function leaves({ fields }: DType): number {
  return fields === null ? 1 : fields.reduce((sum, { dtype }) => sum + leaves(dtype), 1);
}

/** (metadata, (unit, count, 1, 1)); a time without a unit has the unit `generic`. */
function unit(saved: Saved | undefined): string {
  const [name, count] = isKind(saved, 'tuple') && isKind(saved.items[1], 'tuple') ? saved.items[1].items : [];
  if (!isKind(name, 'bytes') || !isKind(count, 'int')) return '';
  const text = Buffer.from(name).toString('latin1');
  return text === 'generic' ? '' : `[${count === 1n ? '' : count}${text}]`;
}
