// Turns a table without its target into the feature columns a pipeline takes, as MLflow's infer_signature would type them.
import type { Column, Table } from '../data/table.js';
import type { TrainingTable } from '../data/training-table.js';
import { MlctlError } from '../errors/error.js';
import { RowError } from '../errors/row-error.js';
import type { FeatureColumn } from '../estimators/feature-column.js';
import { MISSING_TEXTS } from '../estimators/missing-texts.js';
import { nearestNames } from '../text/nearest-names.js';
import type { Target } from './target.js';

interface Features {
  readonly table: Table;
  readonly columns: readonly FeatureColumn[];
}

/** All columns but the target and those to `drop`; none may have the name of a column of the answer. */
export function selectFeatures(
  table: TrainingTable,
  { target, drop }: { readonly target: string; readonly drop: readonly string[] },
  role: Target['role'],
): Features {
  refuseSameColumns(table);
  refuseUnknown(drop, [...table.columns.map((column) => column.name), ...(table.left ?? [])]);
  const left = new Set([target, ...drop]);
  const columns = table.columns.filter((column) => !left.has(column.name));
  return { table: { rows: table.rows, columns }, columns: columns.map((column) => featureOf(column, role)) };
}

export function refuseSameColumns(table: Table): void {
  if (new Set(table.columns.map((column) => column.name)).size < table.columns.length)
    throw new MlctlError('DATA_INVALID', 'two columns of the data have the same name', { hint: 'rename one of them' });
}

/** Whether a feature column of this name would be taken for a column of the answer. */
export const isNamedLikeAnswer = (name: string, role: Target['role']): boolean => ANSWERS[role].pattern.test(name);

function refuseUnknown(drop: readonly string[], known: readonly string[]): void {
  const unknown = drop.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const [near] = nearestNames(unknown, known, 1);
  throw new MlctlError(
    'DATA_INVALID',
    `data.drop names ${JSON.stringify(unknown)}, which is not a column of the data${near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`}`,
    {
      hint: `the columns are ${known
        .slice(0, 20)
        .map((column) => JSON.stringify(column))
        .join(', ')}`,
      details: { columns: known },
    },
  );
}

const ANSWERS: Readonly<Record<Target['role'], { readonly words: string; readonly pattern: RegExp }>> = {
  classifier: { words: 'label, probability_<class>', pattern: /^(label$|probability_)/ },
  regressor: { words: 'prediction', pattern: /^prediction$/ },
};

function featureOf(column: Column, role: Target['role']): FeatureColumn {
  const { name } = column;
  if (isNamedLikeAnswer(name, role))
    throw new MlctlError(
      'DATA_INVALID',
      `the feature column ${JSON.stringify(name)} is named like an output of the model (${ANSWERS[role].words})`,
      {
        hint: `rename the column in the data, or leave it out with data: { drop: [${JSON.stringify(name)}] }`,
        details: { column: name },
      },
    );
  const missing = column.nulls?.includes(1) === true || hasNaN(column);
  const required = !missing;
  switch (column.type) {
    case 'double':
    case 'float':
      return { name, type: 'double', required };
    case 'long':
    case 'integer':
      // MLflow and pandas have no missing integer, so the column counts as float64
      return { name, type: missing ? 'double' : 'long', required };
    case 'boolean':
      if (missing)
        throw new MlctlError(
          'DATA_INVALID',
          `the feature column ${JSON.stringify(name)} holds true and false with missing values, but no numeric type can`,
          {
            hint: 'write 0 and 1, or words such as yes and no, and fill the gaps with simple_imputer',
            details: { column: name },
          },
        );
      return { name, type: 'boolean', required };
    case 'string':
      refuseMissingTexts(column);
      return { name, type: 'string', required };
    default:
      throw new MlctlError(
        'DATA_INVALID',
        `the feature column ${JSON.stringify(name)} holds ${column.type} values, which no step takes`,
        {
          hint: `leave it out with data: { drop: [${JSON.stringify(name)}] }`,
          details: { column: name },
        },
      );
  }
}

function hasNaN(column: Column): boolean {
  return (
    (column.type === 'double' || column.type === 'float') && column.values.some((value: number) => Number.isNaN(value))
  );
}

/** In the graph some texts stand for a missing one, so a column must not have both (contract §8.9). */
function refuseMissingTexts(column: Column & { type: 'string' }): void {
  const { nulls, name } = column;
  if (!nulls?.includes(1)) return;
  const row = column.values.findIndex((text, i) => MISSING_TEXTS.has(text) && !nulls[i]);
  if (row < 0) return;
  const text = column.values[row]!;
  throw new RowError(
    'DATA_INVALID',
    (where) =>
      `the text column ${JSON.stringify(name)} has ${text === '' ? 'an empty text' : `the text ${JSON.stringify(text)}`} in ${where} and also missing values; a model cannot tell the two apart`,
    row,
    {
      hint: `give ${text === '' ? 'the empty text' : 'that text'} another word, or make it also missing`,
      details: { column: name },
    },
  );
}
