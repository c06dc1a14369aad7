// Turns a recipe into its canonical YAML text: every value written out, in one order, with the same meaning in YAML 1.1 (PyYAML)
// and 1.2.

import { isParts, type PipelineStep, type Recipe, type StepsPart } from './recipe-types.js';
import { type Form, formOf } from './rule.js';
import { shownSource } from './shown-source.js';
import { stepNamed } from './steps/table.js';

/** This text is logged as recipe.yaml and its SHA-256 is the recipe's digest. */
export function recipeText(recipe: Recipe): string {
  const { data, split, pipeline } = recipe;
  const lines: string[] = [];
  for (const key of ['name', 'experiment', 'run_name'] as const)
    if (recipe[key] !== null) lines.push(`${key}: ${scalar(recipe[key])}`);
  lines.push('data:', `  source: ${scalar(shownSource(data.source))}`, `  target: ${scalar(data.target)}`);
  if (data.drop.length > 0) lines.push(`  drop: ${list(data.drop)}`);
  if (data.max_classes !== null) lines.push(`  max_classes: ${data.max_classes}`);
  lines.push(
    ...dialectLines(data),
    'split:',
    `  test_size: ${split.test_size < 1 ? float(split.test_size) : split.test_size}`,
  );
  lines.push(`  random_state: ${split.random_state}`, `  stratify: ${split.stratify}`, 'pipeline:');
  for (const step of pipeline) lines.push(...stepLines(step, '  '));
  return `${lines.join('\n')}\n`;
}

const DIALECT_KEYS = ['delimiter', 'decimal', 'encoding', 'missing_values', 'quote'] as const;

/** The lines of `data:` that say how the CSV is written. */
export function dialectLines(data: Pick<Recipe['data'], (typeof DIALECT_KEYS)[number]>): string[] {
  return DIALECT_KEYS.flatMap((key) => {
    const value = data[key];
    if (value === undefined) return [];
    return `  ${key}: ${Array.isArray(value) ? list(value) : value === null ? 'none' : scalar(value as string)}`;
  });
}

function stepLines({ name, params, columns }: PipelineStep, indent: string): string[] {
  const { schema } = stepNamed(name)!;
  const inside = `${indent}    `;
  const lines = [`${indent}- ${name}:`];
  for (const [key, value] of Object.entries(params)) {
    const form = formOf(schema, key);
    if (form === 'weights' && Array.isArray(value)) lines.push(...weightLines(key, value, inside));
    else if (isParts(value)) lines.push(`${inside}${key}:`, ...value.flatMap((part) => partLines(part, `${inside}  `)));
    else lines.push(`${inside}${key}: ${inlineYaml(value as Listed, form)}`);
  }
  if (columns) lines.push(`${inside}columns: ${list(columns)}`);
  // a step without parameters is still a mapping
  return lines.length === 1 ? [`${indent}- ${name}: {}`] : lines;
}

function weightLines(key: string, weights: readonly [string, number][], indent: string): string[] {
  if (weights.length === 0) return [`${indent}${key}: {}`];
  return [`${indent}${key}:`, ...weights.map(([name, weight]) => `${indent}  ${mapKey(name)}: ${float(weight)}`)];
}

function partLines({ name, columns, steps }: StepsPart, indent: string): string[] {
  const lines = [`${indent}- name: ${scalar(name)}`];
  if (columns) lines.push(`${indent}  columns: ${list(columns)}`);
  if (typeof steps === 'string') return [...lines, `${indent}  steps: ${scalar(steps)}`];
  return [...lines, `${indent}  steps:`, ...steps.flatMap((step) => stepLines(step, `${indent}    `))];
}

type Scalar = string | number | boolean | null;

type Listed = Scalar | readonly Listed[];

/** On one line. */
export function inlineYaml(value: Listed, form?: Form): string {
  if (typeof value === 'object' && value !== null) return list(value);
  return form === 'float' && typeof value === 'number' ? float(value) : scalar(value);
}

function list(values: readonly Listed[]): string {
  const one = (value: Listed): string => {
    if (typeof value === 'number') return float(value);
    return typeof value === 'object' && value !== null ? list(value) : scalar(value);
  };
  return `[${values.map(one).join(', ')}]`;
}

function scalar(value: Scalar): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' && !Number.isSafeInteger(value) ? float(value) : String(value);
}

/** YAML 1.1 recognises a float only by its point, and an exponent only by its sign: 1e-7 would be read as text. */
function float(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (value === Number.POSITIVE_INFINITY) return '.inf';
  const text = Object.is(value, -0) ? '-0' : String(value);
  const [mantissa, exponent] = text.split('e');
  const point = mantissa!.includes('.') ? mantissa! : `${mantissa}.0`;
  return exponent === undefined ? point : `${point}e${exponent}`;
}

/** Integer classes stay integers as keys; a longer number is kept as text. */
function mapKey(name: string): string {
  return /^(0|-?[1-9]\d{0,14})$/.test(name) ? name : quoted(name);
}

/** Always in quotes unless it is a plain word that every YAML reader takes for text. Letters of all languages stay readable. */
function quoted(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)) return text;
  return JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (c) => {
    const code = c.codePointAt(0)!;
    if (code <= 0xffff && /[\p{L}\p{N}]/u.test(c)) return c;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
