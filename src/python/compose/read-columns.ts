// Turns columns as a user of Python names them (a name, a position, a mask, a slice, or a list of such) into positions.
import { Attributes } from '../attributes.js';
import type { Value } from '../value.js';

export function readColumns(columns: Value, names: readonly string[], width: number): number[] {
  if (columns.isText) return [byName(columns, names)];
  if (!columns.isObject) return columns.isList ? listed(columns, names, width) : [byPlace(columns, width)];
  const attributes = new Attributes(columns);
  switch (`${attributes.object.module}.${attributes.kind}`) {
    case 'builtins.slice':
    case '__builtin__.slice':
      return sliced(attributes, names, width);
    case 'sklearn.compose._column_transformer._RemainderColsList':
      return listed(attributes.get('data'), names, width);
    default:
      return columns.unknown('names, positions, a mask or a slice');
  }
}

function listed(columns: Value, names: readonly string[], width: number): number[] {
  const items = columns.items();
  if (items.length > 0 && items.every(({ saved }) => typeof saved === 'boolean')) {
    if (items.length !== width) return columns.fail(`a mask of ${width} columns`);
    return items.flatMap((item, place) => (item.flag() ? [place] : []));
  }
  return items.map((item) => (item.isText ? byName(item, names) : byPlace(item, width)));
}

/** A negative position counts from the end. */
function byPlace(value: Value, width: number): number {
  const place = value.integer();
  const at = place < 0 ? place + width : place;
  return at >= 0 && at < width ? at : value.fail(`a column below ${width}`);
}

function byName(value: Value, names: readonly string[]): number {
  const place = names.indexOf(value.text());
  return place >= 0 ? place : value.fail('the name of a column');
}

/** A slice of names has its end in it, as in pandas; one of positions does not. */
function sliced(slice: Attributes, names: readonly string[], width: number): number[] {
  const [start, stop, step] = [0, 1, 2].map((index) => slice.argument(index));
  if (!step!.isNone && step!.integer() !== 1) return step!.unknown('a slice in steps of 1');
  const bound = (value: Value, otherwise: number, beyond: number): number => {
    if (value.isNone) return otherwise;
    if (value.isText) return byName(value, names) + beyond;
    const place = value.integer();
    return Math.min(Math.max(place < 0 ? place + width : place, 0), width);
  };
  const from = bound(start!, 0, 0);
  const to = bound(stop!, width, 1);
  return Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);
}
