// Turns an ndarray into the text numpy prints for it (`str(array)`).
import { reprFloat } from './python-float.js';
import type { NdArray, PyValue } from './python-value.js';

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

export function printArray(array: NdArray, repr: (value: PyValue) => string, str: (value: PyValue) => string): string {
  if (array.shape.length === 0) return str(array.data[0]!);
  let texts: string[];
  if (array.dtype.startsWith('float')) texts = floatTexts(array.data as number[]);
  else {
    texts = array.data.map(repr);
    const width = widest(texts);
    if (array.dtype.startsWith('int') || array.dtype.startsWith('uint') || array.dtype === 'bool')
      texts = texts.map((text) => text.padStart(width));
  }
  const build = (shape: readonly number[], start: number, depth: number): string => {
    const [count = 0, ...rest] = shape;
    const size = rest.reduce((product, n) => product * n, 1);
    const cut = array.data.length > THRESHOLD && count > 2 * EDGE;
    const places = Array.from({ length: count }, (_, i) => i).filter((i) => !cut || i < EDGE || i >= count - EDGE);
    if (rest.length > 0) {
      const inner = places.map((i) => build(rest, start + i * size, depth + 1));
      if (cut) inner.splice(EDGE, 0, '...');
      return `[${inner.join('\n'.repeat(rest.length) + ' '.repeat(depth + 1))}]`;
    }
    const items = places.map((i) => texts[start + i]!);
    if (cut) items.splice(EDGE, 0, '...');
    return wrapped(items, depth + 1);
  };
  return build(array.shape, 0, 0);
}

/** One row, broken before it gets too wide. */
function wrapped(items: readonly string[], indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const [i, item] of items.entries()) {
    const last = i === items.length - 1;
    if (line !== '' && indent + line.length + item.length + (last ? indent - 1 : 0) > LINE_WIDTH) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += last ? item : `${item} `;
  }
  lines.push(line);
  return `[${lines.join(`\n${' '.repeat(indent)}`)}]`;
}
