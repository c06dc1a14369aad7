// Turns a schema into the text MLflow prints for it in messages (`repr` of Schema, ColSpec, TensorSpec, ParamSpec).
import { dateText, dateTimeText } from './mlflow/python/python-dates.js';
import { pyRepr, pyStr, reprString } from './mlflow/python/python-repr.js';
import { fromJson, type PyValue } from './mlflow/python/python-value.js';
import type { ColumnSpec, ColumnType, ParamSpec, Schema, TensorSpec } from './types.js';

export function describeType(type: ColumnType): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar;
    case 'array':
      return `Array(${describeType(type.items)})`;
    case 'object':
      return `{${type.properties.map((p) => `${p.name}: ${describeType(p.type)} (${needed(p.required)})`).join(', ')}}`;
    case 'map':
      // An f-string without !r: the enum prints its class there.
      return `Map(str -> ${type.values.kind === 'scalar' ? 'DataType.' : ''}${describeType(type.values)})`;
    case 'any':
      return 'Any';
    case 'sparkml_vector':
      return 'SparkML vector';
  }
}

function needed(required: boolean): string {
  return required ? 'required' : 'optional';
}

function nameOf(spec: ColumnSpec | TensorSpec): string {
  if (spec.rawName !== undefined) return `${pyRepr(fromJson(spec.rawName))}: `;
  return spec.name === undefined ? '' : `${reprString(spec.name)}: `;
}

export function describeColumn(column: ColumnSpec): string {
  return `${nameOf(column)}${describeType(column.type)} (${needed(column.required)})`;
}

export function describeShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

export function describeTensor(tensor: TensorSpec): string {
  const shape =
    tensor.rawShape === undefined
      ? describeShape(tensor.shape)
      : pyRepr({ kind: 'tuple', items: tensor.rawShape.map(fromJson) });
  return `${nameOf(tensor)}Tensor('${tensor.dtype}', ${shape})`;
}

/** The default as Python prints it: the dates of a datetime param are kept as ISO text. */
function defaultText(param: ParamSpec): string {
  const value = param.default as PyValue;
  const dated = param.type.kind === 'scalar' && param.type.scalar === 'datetime';
  if (!dated) return pyStr(value);
  return Array.isArray(value) ? pyRepr(value) : pyStr(value);
}

export function describeParam(param: ParamSpec): string {
  const shape = param.shape === null ? '' : ` (shape: ${describeShape(param.shape)})`;
  return `${reprString(param.name)}: ${describeType(param.type)} (default: ${defaultText(param)})${shape}`;
}

export function describeSchema(schema: Schema): string {
  const parts = schema.kind === 'columns' ? schema.columns.map(describeColumn) : schema.tensors.map(describeTensor);
  return `[${parts.join(', ')}]`;
}

/** ISO text of a date or datetime, as `isoformat()`. */
export function isoText(value: PyValue): string | null {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return null;
  if (value.kind === 'date') return dateText(value.days);
  return value.kind === 'datetime' ? dateTimeText(value.us * 1000n) : null;
}
