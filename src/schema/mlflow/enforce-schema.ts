// Turns any input into what the model receives, by the signature's inputs (`_enforce_schema`), the second of MLflow's two layers.

import type { Schema } from '../types.js';
import { hasInputNames, inputNames, isRequired, keyOf, specsOf } from './column-names.js';
import { enforceColumns } from './enforce-columns.js';
import { isNumpyScalar } from './enforce-scalar.js';
import { enforceTensors } from './enforce-tensors.js';
import { mlflowFailure, PyFailure } from './failure.js';
import { toList } from './numpy/numpy-array.js';
import { frameFromArray, frameFromDict, frameFromList, withIndex } from './pandas/pandas-frame.js';
import { pyRepr, pyStr } from './python/python-repr.js';
import {
  className,
  type DataFrame,
  kindOf,
  type NdArray,
  PyDict,
  type PyValue,
  type Series,
} from './python/python-value.js';
import type { MlflowWarning } from './warning.js';

const isScalar = (value: PyValue): boolean => value === null || isNumpyScalar(value);

function dictToFrame(dict: PyDict, schema: Schema): DataFrame {
  const nested =
    schema.kind === 'columns' &&
    schema.columns.some(({ type }) => ['array', 'object', 'sparkml_vector'].includes(type.kind));
  const values = [...dict.map.values()];
  const texts = (value: PyValue) => Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (nested || values.every((value) => isScalar(value) || texts(value))) return frameFromList([dict]);
  const zeroText = (value: PyValue) =>
    kindOf(value) === 'ndarray' && (value as NdArray).dtype === 'str' && (value as NdArray).shape.length === 0;
  try {
    if (values.every(zeroText)) return frameFromList([dict]);
    // Columns of several dimensions become lists, which then fit no scalar type.
    const flat = new PyDict(
      [...dict.map].map(([key, value]) => {
        const deep = kindOf(value) === 'ndarray' && (value as NdArray).shape.length > 1;
        return [key, deep ? toList(value as NdArray, boxed) : value] as const;
      }),
    );
    return frameFromDict(flat);
  } catch (error) {
    if (!(error instanceof PyFailure)) throw error;
    throw new PyFailure(
      'MlflowException',
      `This model contains a column-based signature, which suggests a DataFrame input. There was an error casting the input data to a DataFrame: ${error.message}`,
      { tmpl: 'df_cast', args: { why: error.tmpl } },
    );
  }
}

/** An element of `tolist()`: dates of nanoseconds are their count. */
function boxed(value: PyValue, dtype: string): PyValue {
  if (dtype.startsWith('datetime64') && value !== null && !dtype.includes('ns'))
    return { kind: 'timestamp', ns: value as bigint };
  return value;
}

function toFrame(input: PyValue, schema: Schema): PyValue {
  const kind = kindOf(input);
  if (kind === 'series') {
    const column = input as Series;
    const frame = withIndex(column.data.length, [{ ...column, name: column.name ?? 0n }], null);
    return frame;
  }
  if (schema.kind === 'tensors') return input;
  if (isNumpyScalar(input)) return frameFromList([input]);
  if (input instanceof PyDict) return dictToFrame(input, schema);
  if (Array.isArray(input)) return frameFromList(input);
  if (kind === 'ndarray') {
    const array = input as NdArray;
    if (array.shape.length === 0)
      throw new PyFailure('ValueError', 'Must pass 2-d input. shape=()', { tmpl: 'native:dims' });
    return frameFromArray(array);
  }
  if (kind !== 'dataframe')
    throw mlflowFailure('not_df', `Expected input to be DataFrame. Found: ${className(input)}`, {
      type: className(input),
    });
  return input;
}

/** A name as a message's arguments hold it: text, a number, the parts of a tuple. */
function bareName(name: PyValue): string | number {
  if (kindOf(name) === 'tuple') return (name as { items: PyValue[] }).items.map(bareName) as unknown as string;
  return typeof name === 'bigint' ? Number(name) : (name as string | number);
}

/** NaN and infinities, which nobody uses as column names. */
const isOddFloat = (name: PyValue): boolean => typeof name === 'number' && !Number.isFinite(name);

/** Names as a recorded verdict lists them: by their text. */
function sortedNames(names: readonly PyValue[]): (string | number)[] {
  return [...names].sort((a, b) => (pyStr(a) < pyStr(b) ? -1 : 1)).map(bareName);
}

/** Adds to `warnings` on the way: what was logged before a failure stays logged. */
export function enforceSchema(given: PyValue, schema: Schema, warnings: MlflowWarning[]): PyValue {
  let input = toFrame(given, schema);
  const specs = specsOf(schema);
  if (hasInputNames(schema)) {
    const names = inputNames(schema);
    const needed = names.filter((_, i) => isRequired(specs[i]!));
    let actual: PyValue[] = [];
    if (new Set(needed.map(keyOf)).size === 1 && kindOf(input) === 'ndarray') {
      input = new PyDict([[needed[0]!, input]]);
      actual = needed;
    } else if (kindOf(input) === 'dataframe') actual = (input as DataFrame).columns.map(({ name }) => name);
    else if (input instanceof PyDict) actual = [...input.map.keys()];
    const present = new Set(actual.map(keyOf));
    const known = new Set(names.map(keyOf));
    const missing = needed.filter((name) => !present.has(keyOf(name)));
    const extra = [...new Map(actual.map((name) => [keyOf(name), name])).values()].filter(
      (name) => !known.has(keyOf(name)),
    );
    if (missing.length > 0) {
      const tail = extra.length > 0 ? ` Note that there were extra inputs: ${pyRepr(extra)}.` : '';
      throw new PyFailure('MlflowException', `Model is missing inputs ${pyRepr(missing)}.${tail}`, {
        tmpl: 'missing_inputs',
        args: {
          missing: missing.map(bareName),
          ...(extra.length > 0 ? { extra: extra.some(isOddFloat) ? null : sortedNames(extra) } : {}),
          ...(extra.length > 1 ? { parts: extra.map(pyRepr) } : {}),
        },
        // Several extras come in the order of a Python set.
        exact: extra.length <= 1,
      });
    }
    if (extra.length > 0) warnings.push({ w: 'extra_inputs', names: sortedNames(extra) });
  } else if (schema.kind === 'columns') {
    const got = (input as DataFrame).columns.length;
    if (got < specs.length)
      throw mlflowFailure(
        'missing_count',
        `Model inference is missing inputs. The model signature declares ${specs.length} inputs  but the provided value only has ${got} inputs. Note: the inputs were not named in the signature so we can only verify their count.`,
        { declared: specs.length, got },
      );
  }
  return schema.kind === 'tensors'
    ? enforceTensors(input, schema.tensors)
    : enforceColumns(input as DataFrame, schema.columns);
}
