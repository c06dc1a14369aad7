// Guesses the format of a date text as pandas does for the first value of a column, and reads texts by a format.
import { daysFromCivil } from '../python-dates.js';

/** A guessed format: strptime directives and literal separators, `%Y-%m-%dT%H:%M:%S`. */
export type DateFormat = string;

export interface ReadDate {
  /** Nanoseconds since 1970 of the time shown, less the offset where there is one; not bounded to 64 bits. */
  readonly ns: bigint;
  /** Seconds east of UTC; null where the text has no zone. */
  readonly offset: number | null;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** The expressions pandas compiles its directives to. */
const PARTS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>1[0-2]|0[1-9]|[1-9])',
  d: '(?<d>3[01]|[12]\\d|0[1-9]|[1-9]| [1-9])',
  H: '(?<H>2[0-3]|[01]\\d|\\d)',
  M: '(?<M>[0-5]\\d|\\d)',
  S: '(?<S>6[01]|[0-5]\\d|\\d)',
  f: '(?<f>\\d{1,9})',
  z: '(?<z>[-+]\\d\\d:?[0-5]\\d|Z)',
  b: `(?<b>${MONTHS.map((name) => name.slice(0, 3)).join('|')})`,
  B: `(?<B>${MONTHS.join('|')})`,
};

const compiled = new Map<DateFormat, RegExp>();

function compile(format: DateFormat): RegExp {
  let known = compiled.get(format);
  if (known === undefined) {
    const source = format
      .replace(/[.+*?^$(){}|[\]\\]/g, '\\$&')
      .replace(/\s+/g, '\\s+')
      .replace(/%(?<letter>[A-Za-z])/g, (_, letter: string) => PARTS[letter]!);
    known = new RegExp(`^${source}$`, 'i');
    compiled.set(format, known);
  }
  return known;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Null where the text does not match the format, or names no day. */
export function readByFormat(text: string, format: DateFormat): ReadDate | null {
  const part = compile(format).exec(text)?.groups;
  if (!part) return null;
  const year = Number(part.Y);
  const named = (part.b ?? part.B)?.toLowerCase();
  const month = named === undefined ? Number(part.m ?? 1) : MONTHS.findIndex((name) => name.startsWith(named)) + 1;
  const day = Number(part.d ?? 1);
  if (year < 1 || day > daysInMonth(year, month)) return null;
  const seconds = Number(part.H ?? 0) * 3600 + Number(part.M ?? 0) * 60 + Number(part.S ?? 0);
  if (Number(part.S ?? 0) > 59) return null;
  const offset = part.z === undefined ? null : zoneSeconds(part.z);
  const days = daysFromCivil(BigInt(year), month, day);
  const whole = days * 86_400n + BigInt(seconds - (offset ?? 0));
  return { ns: whole * 1_000_000_000n + BigInt((part.f ?? '').padEnd(9, '0')), offset };
}

function zoneSeconds(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const size = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(-2)) * 60;
  return zone.startsWith('-') ? -size : size;
}

const SHAPE =
  /^(?<date>\d{4}(?<sep>[-/.])\d{1,2}(?:\k<sep>\d{1,2})?|\d{8}|\d{1,2}(?<other>[-/.])\d{1,2}\k<other>\d{4}|[A-Za-z]{3,9} \d{1,2},? \d{4}|\d{1,2} [A-Za-z]{3,9} \d{4})(?<join>[T ])?(?<time>\d{1,2}(?<minutes>:\d{2}(?<seconds>:\d{2}(?<fraction>\.\d{1,9})?)?)?)?(?<zone>Z|[-+]\d{2}:?\d{2})?$/;

/** The format of a text, or null where pandas finds none (it then leaves every text to dateutil). */
export function guessFormat(text: string): DateFormat | null {
  const part = SHAPE.exec(text)?.groups;
  if (!part || part.date === undefined) return null;
  if (part.time !== undefined && part.join === undefined) return null;
  if (part.zone !== undefined && part.minutes === undefined) return null;
  if (part.time === undefined && part.join === ' ') return null;
  let time = part.join ?? '';
  if (part.time !== undefined) time += '%H';
  if (part.minutes !== undefined) time += ':%M';
  if (part.seconds !== undefined) time += ':%S';
  if (part.fraction !== undefined) time += '.%f';
  if (part.zone !== undefined) time += '%z';
  for (const date of dateFormats(part.date)) {
    const format = date + time;
    const read = readByFormat(text, format);
    // A year below 1000 does not survive the way back to text.
    if (read !== null && read.ns > -30_610_224_000n * 1_000_000_000n) return format;
  }
  return null;
}

function dateFormats(date: string): string[] {
  const separator = /[-/.]/.exec(date)?.[0];
  if (/^\d{8}$/.test(date)) return ['%Y%m%d'];
  if (separator !== undefined && /^\d{4}/.test(date)) {
    const fields = date.split(separator).length;
    return [fields === 2 ? `%Y${separator}%m` : `%Y${separator}%m${separator}%d`];
  }
  // The month first; the day first only where there is no such month.
  if (separator !== undefined) return [`%m${separator}%d${separator}%Y`, `%d${separator}%m${separator}%Y`];
  const comma = date.includes(',') ? ',' : '';
  const word = /[A-Za-z]+/.exec(date)![0];
  const name = word.length === 3 && word.toLowerCase() !== 'may' ? '%b' : '%B';
  return /^\d/.test(date) ? [`%d ${name} %Y`] : [`${name} %d${comma} %Y`];
}
