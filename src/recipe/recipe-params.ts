// Turns a recipe into the parameters of the run: scikit-learn's names and Python's spelling of values, as users of MLflow log them.
import { isParts, type PipelineStep, type Recipe } from './recipe-types.js';
import { formOf } from './rule.js';
import { stepLabels } from './step-labels.js';
import { stepNamed } from './steps/table.js';

/**
 * A name that is used once stands alone (`C`, `max_iter`, `test_size`); a name that is used twice has its step in front, as in
 * scikit-learn's `get_params` (`standard_scaler__columns`). The split's own names always stand alone.
 */
export function recipeParams(recipe: Recipe): Map<string, string> {
  const { data, split, pipeline } = recipe;
  const params = new Map<string, string>([
    ['data_source', data.source],
    ['target', data.target],
    ['test_size', split.test_size < 1 ? pythonFloat(split.test_size) : String(split.test_size)],
    ['random_state', String(split.random_state)],
    ['stratify', python(split.stratify)],
    ['pipeline', shape(pipeline)],
  ]);
  const entries = listEntries(pipeline, '');
  const uses = new Map<string, number>();
  for (const { key } of entries) uses.set(key, (uses.get(key) ?? 0) + 1);
  for (const { step, key, value } of entries) {
    // two equal seeds under one name are logged once
    if (params.get(key) === value) continue;
    if (key === 'random_state' && value === 'None') continue;
    params.set(uses.get(key)! > 1 || params.has(key) ? `${step}__${key}` : key, value);
  }
  return new Map([...params].map(([key, value]) => [key, shortened(value)]));
}

/** MLflow's limit is 6000 characters; the whole recipe is an artifact of the run anyway. */
const MOST_LENGTH = 6000;

function shortened(value: string): string {
  if (value.length <= MOST_LENGTH) return value;
  const end = `… (${value.length} characters; all are in recipe.yaml)`;
  return `${value.slice(0, MOST_LENGTH - end.length).replace(/[\ud800-\udbff]$/, '')}${end}`;
}

interface Entry {
  readonly step: string;
  readonly key: string;
  readonly value: string;
}

/** `a > b(part: c > d)` */
function shape(steps: readonly PipelineStep[]): string {
  return steps
    .map(({ name, params }) => {
      const parts = Object.values(params).filter(isParts).flat();
      const inner = parts.map(
        (part) => `${part.name}: ${typeof part.steps === 'string' ? part.steps : shape(part.steps)}`,
      );
      return inner.length === 0 ? name : `${name}(${inner.join(', ')})`;
    })
    .join(' > ');
}

function listEntries(steps: readonly PipelineStep[], prefix: string): Entry[] {
  const labels = stepLabels(steps);
  return steps.flatMap((step, i) => stepEntries(step, `${prefix}${labels[i]}`));
}

function stepEntries({ name, params, columns }: PipelineStep, step: string): Entry[] {
  const { schema } = stepNamed(name)!;
  const entries = Object.entries(params).flatMap(([key, value]): Entry[] => {
    if (!isParts(value)) {
      const float = formOf(schema, key) === 'float' && typeof value === 'number';
      return [{ step, key, value: float ? pythonFloat(value) : python(value) }];
    }
    return value.flatMap((part) => [
      ...(part.columns ? [{ step: part.name, key: 'columns', value: python(part.columns) }] : []),
      ...(typeof part.steps === 'string'
        ? [{ step, key: part.name, value: part.steps }]
        : listEntries(part.steps, `${part.name}__`)),
    ]);
  });
  return columns ? [...entries, { step, key: 'columns', value: python(columns) }] : entries;
}

function python(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : pythonFloat(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** repr of a Python float. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  // Python uses exponents below 1e-4 and from 1e16 on; JavaScript below 1e-6 and from 1e21 on
  if (value !== 0 && (power < -4 || power >= 16))
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return Number.isInteger(value) ? `${BigInt(value)}.0` : String(value);
}
