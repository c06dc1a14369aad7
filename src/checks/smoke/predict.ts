// Runs the opened model on the example (and on `--rows`), and checks that it returns one row for each input row.

import type { Table } from '../../data/table.js';
import { MlctlError } from '../../errors/error.js';
import { known, type SmokeCheck } from '../smoke-check.js';

const eachOf = ({ rows }: Table, of: string) => (rows === 1 ? `the ${of} row` : `each of the ${rows} ${of} rows`);

export const predict: SmokeCheck = {
  name: 'predict',
  needs: ['load', 'example'],
  async run({ model, modelPackage, example }, tools) {
    const { model: facts } = known(modelPackage);
    const { signature } = facts;
    const rows = signature === null ? null : await tools.rows(facts, signature);
    if (rows !== null && !rows.ok) {
      const more = rows.total > 1 ? ` (and ${rows.total - 1} more)` : '';
      throw new MlctlError(
        'SCHEMA_VIOLATION',
        `the given rows break the signature: ${rows.findings[0]?.message ?? 'refused'}${more}`,
        {
          hint: 'mlctl validate shows every finding',
          details: { findings: rows.findings, total: rows.total },
        },
      );
    }
    if (!example && rows === null) return { status: 'skip', message: 'there is no input example and no file of rows' };
    const answerOf = async (table: Table): Promise<Table> => {
      const answer = await known(model).predict(table);
      if (answer.rows === table.rows) return answer;
      throw new MlctlError(
        'MODEL_FAILED',
        `the model returned ${answer.rows} rows for ${table.rows} input rows; expected one for each`,
      );
    };
    const answer = example && (await answerOf(example.table));
    const rowsAnswer = rows && (await answerOf(rows.table));
    const counts = { example_rows: answer?.rows ?? 0, rows: rowsAnswer?.rows ?? 0 };
    return {
      status: 'pass',
      message: `returned one prediction for ${[answer && eachOf(answer, 'example'), rowsAnswer && eachOf(rowsAnswer, 'given')].filter(Boolean).join(' and ')}`,
      details: counts,
      facts: { ...(answer ? { answer } : {}), ...(rowsAnswer ? { rowsAnswer } : {}) },
    };
  },
};
