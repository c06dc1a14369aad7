// Turns an ISO 8601 date or time without a zone into nanoseconds since 1970, as numpy's datetime64[ns] counts them.
import { Problem } from './problem.js';
import { showText } from './show.js';

/** `shape` names how it is written; all values of a column must be written alike, as pandas asks. */
interface ParsedDatetime {
  readonly nanoseconds: bigint;
  readonly shape: string;
}

const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:([T ])(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(.*)$/s;
const ZONE = /^ ?(?:[Zz]|[+-]\d{2}(?::?\d{2})?|UTC|GMT)$/;
const LOW = -(2n ** 63n) + 1n;
const HIGH = 2n ** 63n - 1n;

const bad = (text: string, say: string): Problem =>
  new Problem(
    'SCHEMA_BAD_DATETIME',
    say,
    `"${showText(text)}"`,
    'ISO 8601 without a zone: 2024-01-31 or 2024-01-31T12:00:00',
  );

export function parseDatetime(text: string): ParsedDatetime | Problem {
  const m = text.length > 64 ? null : FORM.exec(text);
  if (m === null) return bad(text, `"${showText(text)}" is not a date: use ISO 8601`);
  const rest = m[9]!;
  if (rest !== '') {
    if (m[4] !== undefined && ZONE.test(rest)) return bad(text, `time zone not allowed: "${showText(text)}"`);
    return bad(text, `"${showText(text)}" is not a date: use ISO 8601`);
  }
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const [hour, minute, second] = [Number(m[5] ?? 0), Number(m[6] ?? 0), Number(m[7] ?? 0)];
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  const real = moment.getUTCFullYear() === year && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  if (!real || month < 1 || hour > 23 || minute > 59 || second > 59) {
    return bad(text, `"${showText(text)}" is not a real date or time`);
  }
  const seconds = moment.getTime() / 1000 + hour * 3600 + minute * 60 + second;
  const nanoseconds = BigInt(seconds) * 1_000_000_000n + BigInt((m[8] ?? '').padEnd(9, '0'));
  if (nanoseconds < LOW || nanoseconds > HIGH) {
    return bad(text, `${showText(text)} is outside 1677-09-21..2262-04-11`);
  }
  const shape =
    m[4] === undefined ? 'date' : `date${m[4]}hh:mm${m[7] === undefined ? '' : ':ss'}${m[8] === undefined ? '' : '.f'}`;
  return { nanoseconds, shape };
}
