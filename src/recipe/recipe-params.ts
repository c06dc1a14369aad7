// A recipe to the parameters of the run: scikit-learn's names and Python's spelling of values, as users of MLflow log them.
import type { PipelineStep, Recipe } from './recipe-types.js';

/**
 * A name that only one place uses stands alone (`C`, `max_iter`, `test_size`); a name that two use carries its step in
 * front, as in scikit-learn's `get_params` (`standard_scaler__columns`). The split's own names always stand alone.
 */
export function recipeParams(recipe: Recipe): Map<string, string> {
  const { data, split, pipeline } = recipe;
  const steps: readonly PipelineStep[] = [...pipeline.transformers, pipeline.predictor];
  const params = new Map<string, string>([
    ['data_source', data.source],
    ['target', data.target],
    ['test_size', split.test_size < 1 ? pythonFloat(split.test_size) : String(split.test_size)],
    ['random_state', String(split.random_state)],
    ['stratify', python(split.stratify)],
    ['pipeline', steps.map((step) => step.kind).join(' > ')],
  ]);
  const entries = steps.flatMap((step, i) => stepEntries(step, stepName(steps, i)));
  const uses = new Map<string, number>();
  for (const { key } of entries) uses.set(key, (uses.get(key) ?? 0) + 1);
  for (const { step, key, value } of entries) {
    // the same seed under the same name says the same
    if (params.get(key) === value) continue;
    if (key === 'random_state' && value === 'None') continue;
    params.set(uses.get(key)! > 1 || params.has(key) ? `${step}__${key}` : key, value);
  }
  return new Map([...params].map(([key, value]) => [key, shortened(value)]));
}

/** MLflow takes 6000 characters; the whole recipe is an artifact of the run anyway. */
const MOST_LENGTH = 6000;

function shortened(value: string): string {
  if (value.length <= MOST_LENGTH) return value;
  const end = `… (${value.length} characters; all are in recipe.yaml)`;
  return `${value.slice(0, MOST_LENGTH - end.length).replace(/[\ud800-\udbff]$/, '')}${end}`;
}

/** Steps of one kind are told apart by a number from the second on. */
function stepName(steps: readonly PipelineStep[], index: number): string {
  const { kind } = steps[index]!;
  const nth = steps.slice(0, index + 1).filter((step) => step.kind === kind).length;
  return nth > 1 ? `${kind}_${nth}` : kind;
}

function stepEntries(step: PipelineStep, name: string): { step: string; key: string; value: string }[] {
  const entries = Object.entries(step.params).map(([key, value]) => ({
    step: name,
    key,
    value: key === 'C' || key === 'tol' ? pythonFloat(value as number) : python(value),
  }));
  return step.columns ? [...entries, { step: name, key: 'columns', value: python(step.columns) }] : entries;
}

function python(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : pythonFloat(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** repr of a Python float. */
function pythonFloat(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  // Python turns to exponents below 1e-4 and from 1e16 on; JavaScript below 1e-6 and from 1e21 on
  if (value !== 0 && (power < -4 || power >= 16))
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return Number.isInteger(value) ? `${BigInt(value)}.0` : String(value);
}
