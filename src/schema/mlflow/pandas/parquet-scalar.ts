// Turns single stored values of a Parquet file into Python's dates and times.
import type { TimeUnit } from '../../../data/parquet/read-arrow-schema.js';
import { PyFailure } from '../failure.js';
import { convertUnit } from '../numpy/numpy-set.js';
import { dateText, daysFromCivil } from '../python/python-dates.js';
import type { PyValue } from '../python/python-value.js';

const FIRST_DAY = Number(daysFromCivil(1n, 1, 1));
const LAST_DAY = Number(daysFromCivil(9999n, 12, 31));

/** datetime.date supports the years 1 to 9999. */
export function parquetDate(days: number): PyValue {
  if (days < FIRST_DAY || days > LAST_DAY) {
    const [year] = /^-?\d+/.exec(dateText(days)) ?? ['?'];
    throw new PyFailure('ValueError', `year ${Number(year)} is out of range`, { tmpl: 'parquet_parse' });
  }
  return { kind: 'date', days };
}

export function timeText(count: bigint, unit: TimeUnit): string {
  const us = convertUnit(count, unit, 'us');
  const two = (part: bigint) => String(part % 60n).padStart(2, '0');
  const seconds = us / 1_000_000n;
  const rest = us % 1_000_000n;
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(6, '0')}`;
  return `${String(seconds / 3600n).padStart(2, '0')}:${two(seconds / 60n)}:${two(seconds)}${fraction}`;
}
