// Turns the object of a dtype, as a pickle holds it, into what one element of an array is.
import { isSaved } from '../../is-saved.js';
import { type DType, type DTypeField, parseDType } from '../../numpy/dtype.js';
import { dtypeValue } from '../../numpy/dtype-value.js';
import { recordDType } from '../../numpy/record-dtype.js';
import { hostile } from '../../refuse.js';
import type { Saved, SavedObject } from '../../saved.js';
import { expectKind } from '../kinds.js';
import type { Machine } from '../machine.js';
import { lengthsOf } from './lengths-of.js';

/** Records may share one dtype for many fields, so a few of them inside each other could stand for any number of fields. */
const MOST_FIELDS = 1000;

type Element = Pick<DTypeField, 'dtype' | 'shape'>;

/** In the end, a dtype is written as in any other kind of file. */
export function buildDType(machine: Machine, object: SavedObject, state: Saved): SavedObject {
  const element = read(machine, object, expectKind(machine, state, 'tuple', 'the state of a dtype').items);
  machine.dtypes.set(object, element);
  return Object.assign(object, { args: dtypeValue(element.dtype).args });
}

export function dtypeOf(machine: Machine, saved: Saved | undefined): DType {
  const { dtype, shape } = elementOf(machine, saved);
  if (shape.length > 0) throw machine.unsupported('an array whose elements are arrays', 'one array');
  machine.spend(leaves(dtype));
  return dtype;
}

function elementOf(machine: Machine, saved: Saved | undefined): Element {
  const object = expectKind(machine, saved, 'object', 'a dtype');
  if (object.module !== 'numpy' || object.name !== 'dtype')
    throw machine.malformed(`${object.module}.${object.name} for a dtype`, 'numpy.dtype');
  return machine.dtypes.get(object) ?? read(machine, object, []);
}

/** The state is (version, byte order, base and shape, names, fields, size, alignment, flags, unit of a time). */
function read(machine: Machine, { args }: SavedObject, state: readonly Saved[]): Element {
  if (isSaved(state[2], 'tuple')) {
    const [base, shape] = state[2].items;
    return { dtype: dtypeOf(machine, base), shape: lengthsOf(machine, shape) };
  }
  if (isSaved(state[3], 'tuple')) return { dtype: records(machine, state[3].items, state[4], state[5]), shape: [] };
  const text = expectKind(machine, args[0], 'str', 'the name of a dtype');
  const order = typeof state[1] === 'string' ? state[1] : '';
  const suffix = /^[mM]/.test(text) ? unit(state[8]) : '';
  return { dtype: parseDType(`${order}${text}${suffix}`, machine.where), shape: [] };
}

function records(machine: Machine, names: readonly Saved[], fields: Saved | undefined, size: Saved | undefined): DType {
  const { entries } = expectKind(machine, fields, 'dict', 'the fields of a dtype');
  const byName = new Map(entries);
  const read = names.map((name): DTypeField => {
    const field = expectKind(machine, byName.get(name), 'tuple', 'a field of a dtype').items;
    const { dtype, shape } = elementOf(machine, field[0]);
    const offset = Number(expectKind(machine, field[1], 'int', 'the offset of a field'));
    return { name: expectKind(machine, name, 'str', 'the name of a field'), dtype, shape, offset };
  });
  if (read.reduce((sum, { dtype }) => sum + leaves(dtype), 0) > MOST_FIELDS)
    throw hostile(machine.where, 'records inside records', `at most ${MOST_FIELDS} fields`);
  return recordDType(read, Number(expectKind(machine, size, 'int', 'the size of a record')), machine.where);
}

function leaves({ fields }: DType): number {
  return fields === null ? 1 : fields.reduce((sum, { dtype }) => sum + leaves(dtype), 1);
}

/** (metadata, (unit, count, 1, 1)); a time without a unit has the unit `generic`. */
function unit(saved: Saved | undefined): string {
  const [name, count] = isSaved(saved, 'tuple') && isSaved(saved.items[1], 'tuple') ? saved.items[1].items : [];
  if (!(name instanceof Uint8Array) || typeof count !== 'bigint') return '';
  const text = Buffer.from(name).toString('latin1');
  return text === 'generic' ? '' : `[${count === 1n ? '' : count}${text}]`;
}
