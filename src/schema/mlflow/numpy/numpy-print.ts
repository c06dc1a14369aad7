// Turns an ndarray into the text numpy prints for it (`str(array)`).
import { dateTimeText } from '../python/python-dates.js';
import { reprFloat } from '../python/python-float.js';
import type { NdArray, PyValue } from '../python/python-value.js';

const LINE_WIDTH = 75;
/** Above this many elements numpy prints only the ends. */
const THRESHOLD = 1000;
const EDGE = 3;

const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, text.length), 0);

function floatTexts(values: readonly number[]): string[] {
  const finite = values.filter(Number.isFinite);
  const sizes = finite.map(Math.abs).filter((size) => size > 0);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  const least = sizes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const scientific = sizes.length > 0 && (most >= 1e8 || least < 1e-4 || most / least > 1000);
  const parts = values.map((value) => {
    if (!Number.isFinite(value)) return null;
    if (scientific) {
      const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
      const short = Number(mantissa).toPrecision(Math.min(9, mantissa.replace(/[-.]/g, '').length));
      return { whole: short.split('.')[0]!, fraction: short.split('.')[1] ?? '', tail: exponentText(Number(exponent)) };
    }
    const [whole = '', fraction = ''] = plainText(value).split('.');
    return { whole: Object.is(value, -0) ? '-0' : whole, fraction, tail: '' };
  });
  const wholeWidth = widest(parts.map((part) => part?.whole ?? ''));
  const fractionWidth = widest(parts.map((part) => part?.fraction ?? ''));
  const pad = scientific ? '0' : ' ';
  const texts = parts.map((part, i) =>
    part === null
      ? reprFloat(values[i]!)
      : `${part.whole.padStart(wholeWidth)}.${part.fraction.padEnd(fractionWidth, pad)}${part.tail}`,
  );
  const width = widest(texts);
  return texts.map((text) => text.padStart(width));
}

/** Eight digits after the point at most, no zeros at the end. */
function plainText(value: number): string {
  const shortest = reprFloat(value);
  const fixed = /e/.test(shortest) || (shortest.split('.')[1]?.length ?? 0) > 8 ? value.toFixed(8) : shortest;
  return fixed.replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros.replace(/0+$/, '')));
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

type Text = (value: PyValue) => string;

function elementTexts({ dtype, data }: NdArray, repr: Text): string[] {
  if (dtype.startsWith('float')) return floatTexts(data as number[]);
  const texts = data.map((value) => (dtype.startsWith('datetime64') ? dateText(value, dtype) : repr(value)));
  if (!/^u?int|^bool$/.test(dtype)) return texts;
  const width = dtype === 'bool' ? 5 : widest(texts);
  return texts.map((text) => text.padStart(width));
}

function dateText(value: PyValue, dtype: string): string {
  if (value === null) return "'NaT'";
  const digits = { ns: 9, us: 6, ms: 3, s: 0 }[/\[(?<unit>\w+)\]/.exec(dtype)?.groups?.unit ?? 'ns'] ?? 9;
  const ns = (value as bigint) * 10n ** BigInt(9 - digits);
  const [whole = '', fraction = ''] = dateTimeText(ns).split('.');
  return digits === 0 ? `'${whole}'` : `'${whole}.${fraction.padEnd(9, '0').slice(0, digits)}'`;
}

/** numpy's `_formatArray`: rows in brackets, broken before they get too wide, the middle of long ones left out. */
function nested(array: NdArray, texts: readonly string[], separator: string, prefix: number, width: number): string {
  const cut = array.data.length > THRESHOLD;
  const build = (shape: readonly number[], start: number, indent: string, room: number): string => {
    const [count = 0, ...rest] = shape;
    const size = rest.reduce((product, n) => product * n, 1);
    const short = cut && count > 2 * EDGE;
    const places = Array.from({ length: count }, (_, i) => i).filter((i) => !short || i < EDGE || i >= count - EDGE);
    const parts = places.map((i) =>
      rest.length > 0 ? build(rest, start + i * size, `${indent} `, room - 1) : texts[start + i]!,
    );
    if (short) parts.splice(EDGE, 0, '...');
    if (rest.length > 0) return `[${parts.join(separator.trimEnd() + '\n'.repeat(rest.length) + indent)}]`;
    return `[${lines(parts, separator, indent, room - 1).slice(indent.length)}]`;
  };
  return build(array.shape, 0, ' '.repeat(prefix + 1), width);
}

function lines(words: readonly string[], separator: string, indent: string, room: number): string {
  let done = '';
  let line = indent;
  for (const [i, word] of words.entries()) {
    if (line.length + word.length > room && line.length > indent.length) {
      done += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += i === words.length - 1 ? word : word + separator;
  }
  return done + line;
}

export function printArray(array: NdArray, repr: Text, str: Text): string {
  if (array.shape.length === 0) return str(array.data[0]!);
  return array.data.length === 0 ? '[]' : nested(array, elementTexts(array, repr), ' ', 0, LINE_WIDTH);
}

const IMPLIED = new Set(['int64', 'float64', 'bool', 'complex128']);

function dtypeText({ dtype, data }: NdArray): string {
  const longest = (size: (item: PyValue) => number) =>
    data.reduce((most: number, item) => Math.max(most, size(item)), 1);
  if (dtype === 'str') return `'<U${longest((item) => [...(item as string)].length)}'`;
  if (dtype === 'bytes') return `'|S${longest((item) => (item as Uint8Array).length)}'`;
  return dtype.includes('[') ? `'${dtype}'` : dtype;
}

/** `repr(array)`. */
export function reprArray(array: NdArray, repr: Text): string {
  const none = array.data.length === 0;
  const body = none
    ? '[]'
    : array.shape.length === 0
      ? elementTexts(array, repr)[0]!
      : nested(array, elementTexts(array, repr), ', ', 6, LINE_WIDTH - 1);
  const extras: string[] = [];
  if (none && array.shape.length > 1) extras.push(`shape=(${array.shape.join(', ')})`);
  if (none || !IMPLIED.has(array.dtype)) extras.push(`dtype=${dtypeText(array)}`);
  if (extras.length === 0) return `array(${body})`;
  const start = `array(${body},`;
  const tail = `${extras.join(', ')})`;
  const last = start.length - (start.lastIndexOf('\n') + 1);
  return start + (last + tail.length + 1 > LINE_WIDTH ? '\n      ' : ' ') + tail;
}
