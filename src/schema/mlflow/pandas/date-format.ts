// Turns a date text into its format, as pandas guesses it for the first value of a column, and reads texts by a format.
import { daysFromCivil } from '../python/python-dates.js';

/** A guessed format: strptime directives and literal separators, `%Y-%m-%dT%H:%M:%S`. */
type DateFormat = string;

export interface ReadDate {
  /** Nanoseconds since 1970 of the time shown, less the offset if there is one; not limited to 64 bits. */
  readonly ns: bigint;
  /** Seconds east of UTC; null if the text has no zone. */
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
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const short = (names: readonly string[]): string => names.map((name) => name.slice(0, 3)).join('|');

/** The expressions pandas compiles its directives to. */
const PARTS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>1[0-2]|0[1-9]|[1-9])',
  d: '(?<d>3[01]|[12]\\d|0[1-9]|[1-9]| [1-9])',
  H: '(?<H>2[0-3]|[01]\\d|\\d)',
  I: '(?<I>1[0-2]|0[1-9]|[1-9])',
  M: '(?<M>[0-5]\\d|\\d)',
  S: '(?<S>6[01]|[0-5]\\d|\\d)',
  f: '(?<f>\\d{1,18})',
  p: '(?<p>am|pm)',
  z: '(?<z>[-+]\\d\\d(?::?[0-5]\\d)?|Z)',
  Z: '(?<Z>UTC|GMT)',
  b: `(?<b>${short(MONTHS)})`,
  B: `(?<B>${MONTHS.join('|')})`,
  a: `(?:${short(WEEKDAYS)})`,
  A: `(?:${WEEKDAYS.join('|')})`,
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
    if (compiled.size < 500) compiled.set(format, known);
  }
  return known;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

type Groups = Readonly<Record<string, string | undefined>>;

function hourOf(part: Groups): number {
  if (part.I === undefined) return Number(part.H ?? 0);
  return (Number(part.I) % 12) + (part.p?.toLowerCase() === 'pm' ? 12 : 0);
}

/** Null if the text does not match the format, or is not an existing day. */
export function readByFormat(text: string, format: DateFormat): ReadDate | null {
  const part: Groups | undefined = compile(format).exec(text)?.groups;
  if (!part) return null;
  const year = Number(part.Y);
  const named = (part.b ?? part.B)?.toLowerCase();
  const month = named === undefined ? Number(part.m ?? 1) : MONTHS.findIndex((name) => name.startsWith(named)) + 1;
  const day = Number(part.d ?? 1);
  if (year < 1 || day > daysInMonth(year, month) || Number(part.S ?? 0) > 59) return null;
  const seconds = hourOf(part) * 3600 + Number(part.M ?? 0) * 60 + Number(part.S ?? 0);
  const offset = part.Z !== undefined ? 0 : part.z === undefined ? null : zoneSeconds(part.z);
  const days = daysFromCivil(BigInt(year), month, day);
  const whole = days * 86_400n + BigInt(seconds - (offset ?? 0));
  return { ns: whole * 1_000_000_000n + BigInt((part.f ?? '').slice(0, 9).padEnd(9, '0')), offset };
}

function zoneSeconds(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const size = Number(zone.slice(1, 3)) * 3600 + (zone.length > 3 ? Number(zone.slice(-2)) * 60 : 0);
  return zone.startsWith('-') ? -size : size;
}

const WEEKDAY = /^(?<name>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)(?<rest>,? +)/i;
const DATES: readonly RegExp[] = [
  /^\d{4}(?<s>[-/.])\d{1,2}\k<s>\d{1,2}(?!\d)/,
  /^\d{4}(?<s>[-/])\d{1,2}(?![\d/.-])/,
  /^\d{1,2}(?<s>[-/.])\d{1,2}\k<s>\d{4}(?!\d)/,
  /^\d{8}(?=$|T|t| |\d{4}$|\d{6}$)/,
  /^[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}(?!\d)/i,
  /^\d{1,2}(?:st|nd|rd|th)?(?<s>[- ])[a-z]{3,9}\.?\k<s>\d{4}(?!\d)/i,
  /^\d{4}(?<s>[- ])[a-z]{3,9}\k<s>\d{1,2}(?!\d)/i,
  /^\d{4}$/,
];
/** Only dateutil reads this: a month without a day. */
const LOOSE_DATES: readonly RegExp[] = [/^[a-z]{3,9} \d{4}$/i, /^\d{1,2}\/\d{4}$/];
const TIME =
  /^(?:(?<hour>\d{1,2})(?<minute>:\d{1,2}(?<second>:\d{1,2}(?<fraction>\.\d{0,18})?)?)?|(?<packed>\d{4}|\d{6}))(?<half> ?[ap]m)?(?<zone> ?(?:Z|UTC|GMT|[-+]\d\d(?::?\d\d)?))?(?<tail>z? *)$/i;

/** The date at the start of a text as a format, all readings of it, and what follows. */
function splitDate(text: string, shapes: readonly RegExp[]): { formats: string[]; rest: string } | null {
  for (const shape of shapes) {
    const found = shape.exec(text);
    if (found) return { formats: dateFormats(found[0]), rest: text.slice(found[0].length) };
  }
  return null;
}

function dateFormats(date: string): string[] {
  if (/^\d{8}$/.test(date)) return ['%Y%m%d'];
  if (/^\d{4}$/.test(date)) return ['%Y'];
  const word = /[A-Za-z]{3,}/.exec(date)?.[0];
  if (word !== undefined) {
    const name = word.length === 3 && word.toLowerCase() !== 'may' ? '%b' : '%B';
    const year = /\d{4}/.exec(date)!;
    const shown = date.replace(word, name).replace(year[0], '%Y');
    return [shown.replace(/\d{1,2}/, '%d')];
  }
  const separator = /[-/.]/.exec(date)![0];
  const fields = date.split(separator);
  if (fields[0]!.length === 4) return [['%Y', '%m', '%d'].slice(0, fields.length).join(separator)];
  if (fields.length === 2) return [`%m${separator}%Y`];
  // The month first; the day first only if there is no such month.
  return [`%m${separator}%d${separator}%Y`, `%d${separator}%m${separator}%Y`];
}

function timeFormat(rest: string): string | null {
  if (rest === '' || /^[Tt]$/.test(rest) || /^ +$/.test(rest)) return rest;
  const joint = /^(?:[Tt]| +|)/.exec(rest)![0];
  const part = TIME.exec(rest.slice(joint.length))?.groups;
  if (!part) return null;
  if (part.packed !== undefined) return joint + (part.packed.length === 6 ? '%H%M%S' : '%H%M');
  if (joint === '' || (part.zone !== undefined && part.minute === undefined && joint === ' ')) return null;
  let format = part.half === undefined ? '%H' : '%I';
  if (part.minute !== undefined) format += ':%M';
  if (part.second !== undefined) format += ':%S';
  if (part.fraction !== undefined) format += part.fraction === '.' ? '.' : '.%f';
  if (part.half !== undefined) format += part.half.replace(/[ap]m/i, '%p');
  // A small z is an ordinary letter.
  if (part.zone?.trim() === 'z') format += part.zone;
  else if (part.zone !== undefined)
    format += /[UG]/i.test(part.zone) ? part.zone.replace(/\w+/, '%Z') : part.zone.replace(/\S+/, '%z');
  return joint + format + (part.tail ?? '');
}

function formatsOf(text: string, shapes: readonly RegExp[]): DateFormat[] {
  const lead = /^ */.exec(text)![0];
  const body = text.slice(lead.length);
  const weekday = WEEKDAY.exec(body)?.groups;
  const day = weekday === undefined ? '' : `${weekday.name!.length === 3 ? '%a' : '%A'}${weekday.rest}`;
  const split = splitDate(
    weekday === undefined ? body : body.slice(weekday.name!.length + weekday.rest!.length),
    shapes,
  );
  const time = split === null ? null : timeFormat(split.rest);
  return split === null || time === null ? [] : split.formats.map((date) => lead + day + date + time);
}

/** The format of a text, or null if pandas finds none (it then leaves every text to dateutil). */
export function guessFormat(text: string): DateFormat | null {
  for (const format of formatsOf(text, DATES)) {
    const part = compile(format).exec(text)?.groups;
    const read = readByFormat(text, format);
    // pandas compares each part with the date read: 01 in the afternoon is not hour 13.
    if (part?.I !== undefined && Number(part.I) !== hourOf(part)) return null;
    // A year below 1000 is not restored when it is written back as text.
    if (read !== null && read.ns > -30_610_224_000n * 1_000_000_000n) return format;
  }
  return null;
}

/** A single text, as dateutil reads it. */
export function readLoosely(text: string): ReadDate | null {
  for (const format of formatsOf(text, [...DATES, ...LOOSE_DATES])) {
    const read = readByFormat(text, format);
    if (read !== null) return read;
  }
  return null;
}
