// Turns `inputs` and `instances` into numpy arrays or scalars of each column's type (`parse_tf_serving_input` and its parts).
import { describeColumn, describeTensor } from '../../describe-schema.js';
import type { ColumnSpec, Schema, TensorSpec } from '../../types.js';
import { hasInputNames, inputDict, inputNames, isRequired, keyOf, specsOf } from '../column-names.js';
import { enforceArray, enforceMap, enforceObject } from '../enforce-nested.js';
import { isNumpyScalar } from '../enforce-scalar.js';
import { PyFailure } from '../failure.js';
import { npArray } from '../numpy/numpy-array.js';
import { pyStr } from '../python/python-repr.js';
import { className, kindOf, type NdArray, PyDict, type PyValue } from '../python/python-value.js';
import { invalidInput } from './wire-table.js';

type Spec = ColumnSpec | TensorSpec;

const NUMPY_TYPES = {
  boolean: 'bool',
  integer: 'int32',
  long: 'int64',
  float: 'float32',
  double: 'float64',
  string: 'str',
  binary: 'bytes',
  datetime: 'datetime64[ns]',
} as const;

/** Keeps the failure, under the prefix and class of a refused input. */
function prefixed(error: PyFailure): PyFailure {
  return invalidInput(error.message, { tmpl: error.tmpl, args: error.args, exact: error.exact });
}

/** `np.array([value], dtype)[0]`. */
function numpyScalar(value: PyValue, dtype: string): PyValue {
  const array = npArray([value], dtype);
  if (array.shape.length > 1) return { ...array, shape: array.shape.slice(1) };
  return { kind: 'scalar', dtype, value: array.data[0]! };
}

function convert(value: PyValue, spec: Spec | undefined): PyValue {
  if (spec === undefined) return npArray(value);
  if ('dtype' in spec) return npArray(value, spec.dtype);
  const { type } = spec;
  switch (type.kind) {
    case 'any':
      return value;
    case 'array':
      return npArray(enforceArray(value, type.items, spec.required));
    case 'sparkml_vector':
      return npArray(enforceArray(value, { kind: 'scalar', scalar: 'double' }, spec.required));
    case 'object':
      return enforceObject(value, type, spec.required);
    case 'map':
      return enforceMap(value, type.values, spec.required);
    case 'scalar':
      break;
  }
  const dtype = NUMPY_TYPES[type.scalar];
  if (type.scalar === 'boolean' || type.scalar === 'string' || type.scalar === 'binary') {
    // numpy would turn a missing value into False or "None".
    if (value === null) return null;
    if (Array.isArray(value) && value.includes(null) && value.every((item) => item === null || isNumpyScalar(item)))
      return npArray(
        value.map((item) => (item === null ? null : convertValue(item, spec))),
        'object',
      );
  }
  return Array.isArray(value) ? npArray(value, dtype) : numpyScalar(value, dtype);
}

/** `convert_data_type`: any failure is an invalid input. */
function convertValue(value: PyValue, spec: Spec | undefined): PyValue {
  try {
    return convert(value, spec);
  } catch (error) {
    throw error instanceof PyFailure ? prefixed(error) : error;
  }
}

function specText(spec: Spec | undefined): string {
  if (spec === undefined) return 'None';
  return 'dtype' in spec ? describeTensor(spec) : describeColumn(spec);
}

/** `_cast_schema_type`. */
function castInputs(given: PyValue, schema: Schema | null): PyValue {
  const named = schema !== null && hasInputNames(schema);
  const specs = schema === null ? [] : specsOf(schema);
  const types = named ? inputDict<Spec>(specs) : new Map<PyValue, Spec>();
  let input = given;
  if (schema !== null) {
    if (types.size === 1 && Array.isArray(input) && !input.some((item) => item instanceof PyDict))
      input = new PyDict([[[...types.keys()][0]!, input]]);
    else if (!named && !(Array.isArray(input) || isNumpyScalar(input)))
      throw invalidInput(
        'Failed to parse input data. This model contains an un-named ' +
          ' model signature which expects a single n-dimensional array or ' +
          'a single value as input, however, an input of type ' +
          `<class '${className(input)}'> was found.`,
        { tmpl: 'unnamed_dict', exact: true },
      );
  }
  const ofDict = (dict: PyDict) =>
    new PyDict([...dict.map].map(([key, value]) => [key, convertValue(value, types.get(keyOf(key)))] as const));
  if (input instanceof PyDict) return ofDict(input);
  if (Array.isArray(input)) {
    if (input.every((item) => item instanceof PyDict)) return input.map((item) => ofDict(item as PyDict));
    return convertValue(input, specs[0]);
  }
  try {
    return convertValue(input, specs[0]);
  } catch (error) {
    if (!(error instanceof PyFailure)) throw error;
    throw invalidInput(
      `Failed to convert data \`${pyStr(input)}\` to type \`${specText(specs[0])}\` defined in the model signature.`,
      { tmpl: 'convert_data' },
    );
  }
}

/** `parse_instances_data`: rows become columns. */
function castInstances(given: PyValue, schema: Schema | null): PyValue {
  const specs = schema === null ? [] : specsOf(schema);
  const named = schema !== null && hasInputNames(schema);
  const types = named ? inputDict<Spec>(specs) : new Map<PyValue, Spec>();
  let data: PyValue;
  if (Array.isArray(given) && given[0] instanceof PyDict) {
    const columns = new Map<PyValue, PyValue[]>();
    for (const item of given) {
      if (!(item instanceof PyDict))
        throw new PyFailure('AttributeError', `'${className(item)}' object has no attribute 'items'`, {
          tmpl: 'native:not_iterable',
        });
      for (const [key, value] of item.map) {
        const column = columns.get(key) ?? [];
        columns.set(key, column);
        column.push(convertValue(value, types.get(keyOf(key))));
      }
    }
    data = new PyDict([...columns].map(([key, values]) => [key, npArray(values)] as const));
  } else data = castInputs(given, schema);
  if (data instanceof PyDict) checkLengths(data, schema, named);
  return data;
}

function checkLengths(data: PyDict, schema: Schema | null, named: boolean): void {
  let names = [...data.map]
    .filter(([, value]) => Array.isArray(value) || kindOf(value) === 'ndarray')
    .map(([key]) => key);
  if (schema !== null && named) {
    const specs = specsOf(schema);
    const types = inputDict<Spec>(specs);
    const required = new Set(
      inputNames(schema)
        .filter((_, i) => isRequired(specs[i]!))
        .map(keyOf),
    );
    names = names.filter((name) => {
      const spec = types.get(keyOf(name));
      const list =
        spec !== undefined && 'type' in spec && (spec.type.kind === 'array' || spec.type.kind === 'sparkml_vector');
      return spec !== undefined && !list && required.has(keyOf(name));
    });
  }
  const lengths = new Set(names.map((name) => lengthOf(data.map.get(name)!)));
  if (lengths.size > 1)
    throw invalidInput('The length of values for each input/column name are not the same', {
      tmpl: 'instances_length',
      exact: true,
    });
}

function lengthOf(value: PyValue): number {
  if (Array.isArray(value)) return value.length;
  const [count] = (value as NdArray).shape;
  if (count === undefined) throw new PyFailure('TypeError', 'len() of unsized object', { tmpl: 'native:dims' });
  return count;
}

export function readServing(format: 'inputs' | 'instances', json: PyValue, schema: Schema | null): PyValue {
  try {
    return format === 'inputs' ? castInputs(json, schema) : castInstances(json, schema);
  } catch (error) {
    if (!(error instanceof PyFailure) || error.exc.startsWith('Mlflow')) throw error;
    throw invalidInput(
      `Ensure that the input is a valid JSON-formatted string.\nError: ${error.exc}('${error.message}')`,
      {
        tmpl: 'inst_internal',
        args: { inner: error.exc, why: error.tmpl },
      },
    );
  }
}
