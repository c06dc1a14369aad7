// Turns a recipe into the parameters of the run: scikit-learn's names and Python's spelling of values, as users of MLflow log them.
import { isParts, type PipelineStep, type Recipe, type StepsPart } from './recipe-types.js';
import { formOf } from './rule.js';
import { shownSource } from './shown-source.js';
import { stepLabels } from './step-labels.js';
import { stepNamed } from './steps/table.js';

/** A parameter of a step has the step in front, as in scikit-learn's `get_params`: `logistic_regression__C`. */
export function recipeParams(recipe: Recipe): Map<string, string> {
  const { data, split, pipeline } = recipe;
  const params = new Map<string, string>([
    ['data_source', shownSource(data.source)],
    ['target', data.target],
    ...(data.drop.length > 0 ? [['data_drop', python(data.drop)] as const] : []),
    ...dialectParams(data),
    ['test_size', split.test_size < 1 ? pythonFloat(split.test_size) : String(split.test_size)],
    ['random_state', String(split.random_state)],
    ['stratify', python(split.stratify)],
    ['pipeline', shape(pipeline)],
    ...stepsEntries(pipeline, ''),
  ]);
  return new Map([...params].map(([key, value]) => [key, shortened(value)]));
}

/** Under the names of pandas.read_csv. */
function dialectParams({ delimiter, decimal, encoding, missing_values, quote }: Recipe['data']): [string, string][] {
  const given = { sep: delimiter, decimal, encoding, na_values: missing_values, quotechar: quote };
  return Object.entries(given).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, key === 'sep' ? JSON.stringify(value).slice(1, -1) : python(value)]],
  );
}

/** MLflow's limit is 6000 characters; the whole recipe is an artifact of the run anyway. */
const MOST_LENGTH = 6000;

function shortened(value: string): string {
  if (value.length <= MOST_LENGTH) return value;
  const end = `… (${value.length} characters; all are in recipe.yaml)`;
  return `${value.slice(0, MOST_LENGTH - end.length).replace(/[\ud800-\udbff]$/, '')}${end}`;
}

type Entry = readonly [key: string, value: string];

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

function stepsEntries(steps: readonly PipelineStep[], prefix: string): Entry[] {
  const labels = stepLabels(steps);
  return steps.flatMap((step, i) => stepEntries(step, `${prefix}${labels[i]}__`));
}

function stepEntries({ name, params, columns }: PipelineStep, prefix: string): Entry[] {
  const { schema } = stepNamed(name)!;
  const entries = Object.entries(params).flatMap(([key, value]): Entry[] => {
    if (isParts(value)) return value.flatMap((part) => partEntries(part, prefix));
    const float = formOf(schema, key) === 'float' && typeof value === 'number';
    return [[`${prefix}${key}`, float ? pythonFloat(value) : python(value)]];
  });
  return columns ? [...entries, [`${prefix}columns`, python(columns)]] : entries;
}

/** A part with one step is that step, as in `column_transformer__numbers__with_mean`. */
function partEntries({ name, columns, steps }: StepsPart, prefix: string): Entry[] {
  const inside = `${prefix}${name}__`;
  const own: Entry[] = columns ? [[`${inside}columns`, python(columns)]] : [];
  if (typeof steps === 'string') return [...own, [`${prefix}${name}`, steps]];
  const [only] = steps;
  return [...own, ...(steps.length === 1 ? stepEntries(only!, inside) : stepsEntries(steps, inside))];
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
