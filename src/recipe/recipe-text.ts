// A recipe to its canonical YAML text: every value written out, in one order, read alike by YAML 1.1 (PyYAML) and 1.2.
import type { PipelineStep, Recipe } from './recipe-types.js';

/** This text is logged as recipe.yaml and its SHA-256 is the recipe's digest. */
export function recipeText(recipe: Recipe): string {
  const { data, split, pipeline } = recipe;
  const lines: string[] = [];
  for (const key of ['name', 'experiment', 'run_name'] as const)
    if (recipe[key] !== null) lines.push(`${key}: ${scalar(recipe[key])}`);
  lines.push('data:', `  source: ${scalar(data.source)}`, `  target: ${scalar(data.target)}`);
  if (data.drop.length > 0) lines.push(`  drop: ${list(data.drop)}`);
  lines.push('split:', `  test_size: ${split.test_size < 1 ? float(split.test_size) : split.test_size}`);
  lines.push(`  random_state: ${split.random_state}`, `  stratify: ${split.stratify}`, 'pipeline:');
  for (const step of [...pipeline.transformers, pipeline.predictor]) lines.push(...stepLines(step));
  return `${lines.join('\n')}\n`;
}

/** Parameters that scikit-learn takes as floats: 1 is written 1.0. */
const FLOATS = new Set(['C', 'tol']);

function stepLines(step: PipelineStep): string[] {
  const lines = [`  - ${step.kind}:`];
  for (const [key, value] of Object.entries(step.params) as [string, unknown][]) {
    if (key === 'class_weight' && Array.isArray(value)) {
      if (value.length === 0) lines.push('      class_weight: {}');
      else
        lines.push(
          '      class_weight:',
          ...(value as [string, number][]).map(([name, weight]) => `        ${mapKey(name)}: ${float(weight)}`),
        );
    } else if (Array.isArray(value)) lines.push(`      ${key}: ${list(value)}`);
    else lines.push(`      ${key}: ${FLOATS.has(key) ? float(value as number) : scalar(value as Scalar)}`);
  }
  if (step.columns) lines.push(`      columns: ${list(step.columns)}`);
  return lines;
}

type Scalar = string | number | boolean | null;

function list(values: readonly Scalar[]): string {
  return `[${values.map((value) => (typeof value === 'number' ? float(value) : scalar(value))).join(', ')}]`;
}

function scalar(value: Scalar): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' && !Number.isSafeInteger(value) ? float(value) : String(value);
}

/** YAML 1.1 knows a float only by its point, and an exponent only by its sign: 1e-7 would be read as text. */
function float(value: number): string {
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

/** Always in quotes unless it is a plain word that no YAML takes for anything else. */
function quoted(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)) return text;
  return JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (c) => {
    const code = c.codePointAt(0)!;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
