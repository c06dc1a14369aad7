// Turns arrays, dicts of arrays and DataFrames into the tensors of a schema, or refuses them (`_enforce_tensor_schema`).
import { describeShape } from '../describe-schema.js';
import type { TensorSpec } from '../types.js';
import { hasInputNames, inputNames } from './column-names.js';
import { columnsNamed, elementsOf } from './enforce-columns.js';
import { isNumpyScalar } from './enforce-scalar.js';
import { mlflowFailure, PyFailure } from './failure.js';
import { dtypeKind } from './numpy/dtype.js';
import { castElement, npArray, promote } from './numpy/numpy-array.js';
import { convertArray } from './numpy/numpy-convert.js';
import { pyRepr, pyStr } from './python/python-repr.js';
import {
  className,
  type DataFrame,
  fromJson,
  kindOf,
  type NdArray,
  PyDict,
  type PyValue,
  type Series,
} from './python/python-value.js';

function shapeText(spec: TensorSpec): string {
  if (spec.rawShape === undefined) return describeShape(spec.shape);
  return pyRepr({ kind: 'tuple', items: spec.rawShape.map(fromJson) });
}

/** As numpy prints a dtype: text with its size. */
function dtypeText({ dtype, data }: NdArray): string {
  const longest = (size: (item: PyValue) => number) =>
    data.reduce((most: number, item) => Math.max(most, size(item)), 1);
  if (dtype === 'str') return `<U${longest((item) => [...(item as string)].length)}`;
  return dtype === 'bytes' ? `|S${longest((item) => (item as Uint8Array).length)}` : dtype;
}

function specDtypeText(dtype: string): string {
  return dtype === 'str' ? '<U0' : dtype === 'bytes' ? '|S0' : dtype;
}

function checkTensor(array: NdArray, spec: TensorSpec): NdArray {
  const { shape } = spec;
  if (shape.length === 1 && shape[0] === -1 && spec.dtype === 'object') return array;
  // Ragged arrays: a list of arrays of different sizes.
  if (shape.length > 1 && shape.slice(1).includes(-1) && array.shape.length === 1 && array.dtype === 'object')
    return array;
  const fits = shape.length === array.shape.length && shape.every((size, i) => size === -1 || size === array.shape[i]);
  if (!fits) {
    const got = describeShape(array.shape);
    const want = shapeText(spec);
    throw mlflowFailure('tensor_shape', `Shape of input ${got} does not match expected shape ${want}.`, { got, want });
  }
  if (array.dtype !== spec.dtype) {
    const got = dtypeText(array);
    const want = specDtypeText(spec.dtype);
    throw mlflowFailure('tensor_dtype', `dtype of input ${got} does not match expected dtype ${want}`, { got, want });
  }
  return array;
}

function reshapeFailure(name: PyValue, spec: TensorSpec, tail: string): PyFailure {
  return mlflowFailure(
    'tensor_df_reshape',
    `The value in the Input DataFrame column '${pyStr(name)}' could not be converted to the expected shape of: '${shapeText(spec)}'. ${tail}`,
    { column: pyStr(name) },
  );
}

/** `np.vstack(rows)`: scalars and vectors become rows of one matrix. */
function vstack(rows: readonly PyValue[], fail: () => PyFailure): NdArray {
  let arrays: NdArray[];
  try {
    arrays = rows.map((row) => (kindOf(row) === 'ndarray' ? (row as NdArray) : npArray(row)));
  } catch (error) {
    if (error instanceof PyFailure && error.exc === 'ValueError') throw fail();
    throw error;
  }
  const shaped = arrays.map((a) =>
    a.shape.length >= 2 ? a : { ...a, shape: a.shape.length === 0 ? [1, 1] : [1, a.shape[0]!] },
  );
  const tails = new Set(shaped.map((a) => a.shape.slice(1).join(',')));
  if (tails.size > 1) throw fail();
  const dtype = shaped.map((a) => a.dtype).reduce(promote);
  const count = shaped.reduce((sum, a) => sum + a.shape[0]!, 0);
  return {
    kind: 'ndarray',
    dtype,
    shape: [count, ...shaped[0]!.shape.slice(1)],
    data: shaped.flatMap((a) => convertArray(a, dtype).data),
  };
}

function reshape(array: NdArray, shape: readonly number[], fail: () => PyFailure): NdArray {
  const known = shape.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const total = array.data.length;
  const open = known === 0 ? 0 : total / known;
  if (shape.filter((size) => size === -1).length !== 1 || known === 0 || !Number.isInteger(open)) throw fail();
  return { ...array, shape: shape.map((size) => (size === -1 ? open : size)) };
}

/** `to_numpy(dtype)` of a column; missing values of pandas' own dtypes are NaN among floats and NA among objects. */
function numpyOf({ dtype, data }: Series, target: string): NdArray {
  const array: NdArray = { kind: 'ndarray', dtype, shape: [data.length], data };
  if (!data.includes(null) || dtype.startsWith('datetime64') || dtype.startsWith('timedelta64')) return array;
  if (dtypeKind(target) === 'f') return { ...array, dtype: 'object', data: data.map((value) => value ?? Number.NaN) };
  if (target === 'object') return { ...array, data: data.map((value) => value ?? { kind: 'na' }) };
  throw new PyFailure(
    'ValueError',
    `cannot convert to '${target}'-dtype NumPy array with missing values. Specify an appropriate 'na_value' for this dtype.`,
    { tmpl: 'native:nan_to_int' },
  );
}

function columnTensor(label: PyValue, frame: DataFrame, name: PyValue, spec: TensorSpec): NdArray {
  if (spec.shape[0] !== -1 || spec.shape.slice(1).includes(-1))
    throw mlflowFailure(
      'tensor_df_variable_dim',
      'For pandas dataframe input, the first dimension of shape must be a variable ' +
        'dimension and other dimensions must be fixed, but in model signature the shape ' +
        `of ${label === null ? 'the unnamed input' : `input ${pyStr(label)}`} is ${shapeText(spec)}.`,
    );
  const found = columnsNamed(frame, name);
  if (found.length > 1)
    throw new PyFailure('ValueError', 'The truth value of a Series is ambiguous.', { tmpl: 'other' });
  const column = found[0]!;
  const values = elementsOf(column);
  const [first] = values;
  if (values.length === 0)
    throw new PyFailure('IndexError', 'single positional indexer is out-of-bounds', { tmpl: 'native:index' });
  if (isNumpyScalar(first!)) {
    const one = spec.shape.length === 1 || (spec.shape.length === 2 && spec.shape[1] === 1);
    if (!one)
      throw mlflowFailure(
        'tensor_df_scalar',
        `The input pandas dataframe column '${pyStr(label)}' contains scalar values, which requires the shape to be (-1,) or (-1, 1), but got tensor spec shape of ${shapeText(spec)}.`,
        { column: pyStr(label) },
      );
    const flat: NdArray =
      column.dtype === 'object' || column.dtype === 'str'
        ? {
            kind: 'ndarray',
            dtype: spec.dtype,
            shape: [values.length],
            data: values.map((v) => castElement(v, spec.dtype)),
          }
        : convertArray(numpyOf(column, spec.dtype), spec.dtype);
    return checkTensor({ ...flat, shape: spec.shape.length === 1 ? [values.length] : [values.length, 1] }, spec);
  }
  if (Array.isArray(first)) {
    if (first.length === 0) throw new PyFailure('IndexError', 'list index out of range', { tmpl: 'native:index' });
    if (isNumpyScalar(first[0]!)) {
      const fail = () =>
        reshapeFailure(
          label,
          spec,
          `Ensure that each of the input list elements are of uniform length and that the data can be coerced to the tensor type '${specDtypeText(spec.dtype)}'`,
        );
      const shaped = reshape(vstack(values, fail), spec.shape, fail);
      let cast: NdArray;
      try {
        cast = convertArray(shaped, spec.dtype);
      } catch (error) {
        if (error instanceof PyFailure && (error.exc === 'ValueError' || error.exc.startsWith('Unicode'))) throw fail();
        throw error;
      }
      if (cast.shape[0] !== values.length) throw fail();
      return cast;
    }
  } else if (kindOf(first!) === 'ndarray') {
    const fail = () =>
      reshapeFailure(
        label,
        spec,
        'Ensure that each of the input numpy array elements are of uniform length and can be reshaped to above expected shape.',
      );
    const shaped = reshape(vstack(values, fail), spec.shape, fail);
    if (shaped.shape[0] !== values.length) throw fail();
    return shaped;
  }
  throw mlflowFailure(
    'tensor_df_values',
    'Because the model signature requires tensor spec input, the input ' +
      'pandas dataframe values should be either scalar value, python list ' +
      'containing scalar values or numpy array containing scalar values, ' +
      'other types are not supported.',
  );
}

/** `frame.to_numpy()`: the common dtype of all columns. */
function frameToArray(frame: DataFrame): NdArray {
  const numpy = frame.columns.map(({ dtype }) =>
    /^(?:u?int|float|complex)\d+$|^bool$|^datetime64\[\w+\]$/.test(dtype) ? dtype : 'object',
  );
  // In pandas, bool beside numbers is object.
  const mixed = numpy.includes('bool') && numpy.some((dtype) => dtype !== 'bool');
  const dtype = mixed ? 'object' : numpy.reduce(promote);
  const columns = frame.columns.map((column) => elementsOf(column));
  const data: PyValue[] = [];
  for (let row = 0; row < frame.rows; row++)
    for (const [i, values] of columns.entries())
      data.push(
        dtype === 'object'
          ? values[row]!
          : dtype.startsWith('datetime64')
            ? frame.columns[i]!.data[row]!
            : castElement(values[row]!, dtype),
      );
  return { kind: 'ndarray', dtype, shape: [frame.rows, columns.length], data };
}

function typeText(value: PyValue): string {
  const name = className(value);
  const module = { ndarray: 'numpy.', DataFrame: 'pandas.', Timestamp: 'pandas.', Series: 'pandas.' }[name] ?? '';
  return `<class '${kindOf(value) === 'scalar' ? 'numpy.' : module}${name}'>`;
}

function enforceNamed(input: PyValue, tensors: readonly TensorSpec[]): PyDict {
  const names = inputNames({ kind: 'tensors', tensors });
  const made = new PyDict();
  if (input instanceof PyDict) {
    for (const [i, name] of names.entries()) {
      const value = input.map.get(name);
      if (value === undefined || kindOf(value) !== 'ndarray')
        throw mlflowFailure(
          'tensor_dict_values',
          'This model contains a tensor-based model signature with input names,' +
            ' which suggests a dictionary input mapping input name to a numpy' +
            ` array, but a dict with value type ${typeText(value ?? null)} was found.`,
        );
      made.map.set(name, checkTensor(value as NdArray, tensors[i]!));
    }
    return made;
  }
  if (kindOf(input) === 'dataframe') {
    for (const [i, name] of names.entries())
      made.map.set(name, columnTensor(name, input as DataFrame, name, tensors[i]!));
    return made;
  }
  throw mlflowFailure(
    'tensor_named_type',
    'This model contains a tensor-based model signature with input names, which' +
      ' suggests a dictionary input mapping input name to tensor, or a pandas' +
      ' DataFrame input containing columns mapping input name to flattened list value' +
      ` from tensor, but an input of type ${typeText(input)} was found.`,
  );
}

export function enforceTensors(input: PyValue, tensors: readonly TensorSpec[]): PyValue {
  if (hasInputNames({ kind: 'tensors', tensors })) return enforceNamed(input, tensors);
  const spec = tensors[0]!;
  if (kindOf(input) === 'ndarray') return checkTensor(input as NdArray, spec);
  if (kindOf(input) !== 'dataframe')
    throw mlflowFailure(
      'tensor_unnamed_type',
      'This model contains a tensor-based model signature with no input names,' +
        ' which suggests a numpy array input or a pandas dataframe input with' +
        ` proper column values, but an input of type ${typeText(input)} was found.`,
    );
  const frame = input as DataFrame;
  const count = frame.columns.length;
  if (count === 0 || frame.rows === 0) throw mlflowFailure('df_empty', 'Input DataFrame is empty.');
  if (count === 1) return columnTensor(null, frame, frame.columns[0]!.name, spec);
  if (spec.shape.length !== 2 || spec.shape[0] !== -1 || spec.shape[1] !== count)
    throw mlflowFailure(
      'tensor_df_columns',
      'This model contains a model signature with an unnamed input. Since the ' +
        'input data is a pandas DataFrame containing multiple columns, ' +
        'the input shape must be of the structure ' +
        '(-1, number_of_dataframe_columns). ' +
        `Instead, the input DataFrame passed had ${count} columns and ` +
        `an input shape of ${shapeText(spec)} with all values within the ` +
        'DataFrame of scalar type. Please adjust the passed in DataFrame to ' +
        'match the expected structure',
    );
  return checkTensor(frameToArray(frame), spec);
}
