// Turns an ISO time into what people read: how long ago on a terminal, and elsewhere the time with its zone.

import { exactTime } from '../../text/exact-time.js';
import { plural } from '../../text/numbers.js';
import type { Style } from '../style.js';

const UNITS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
];
/** Older times are shown as a date. */
const MOST_DAYS = 30;

function ago(seconds: number): string {
  for (const [size, unit] of UNITS) {
    const count = Math.floor(seconds / size);
    if (count > 0) return `${plural(count, unit)} ago`;
  }
  return 'just now';
}

export function timeWords(style: Style, iso: string | null | undefined, now = Date.now()): string {
  if (iso === null || iso === undefined) return '';
  if (!Number.isFinite(style.columns)) return exactTime(iso);
  const seconds = (now - Date.parse(iso)) / 1000;
  return seconds < -60 || seconds > MOST_DAYS * 86_400 ? iso.slice(0, 10) : ago(Math.max(0, seconds));
}
