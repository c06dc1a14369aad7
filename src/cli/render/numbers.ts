// Numbers and times as people read them; --json keeps every digit.
import type { Style } from '../style.js';
import { facts } from './facts.js';

export function shortNumber(value: number | string): string {
  if (typeof value === 'string' || Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(6)));
}

export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** 1234567 as 1,234,567. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** Sorted by name, indented; empty where there are none. */
export function namedValues(style: Style, values: Readonly<Record<string, number | string>>): string {
  const names = Object.keys(values).sort();
  return facts(
    style,
    names.map((name) => [name, shortNumber(values[name]!)]),
    '  ',
  );
}
