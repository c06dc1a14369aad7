// Turns a table and the name of its target into a recipe that trains at once: what each column becomes, with the reasons.
import type { Column, Table } from '../../data/table.js';
import { MlctlError } from '../../errors/error.js';
import { isNamedLikeAnswer, refuseSameColumns } from '../../training/select-features.js';
import { columnFacts } from './column-facts.js';
import { judgeColumn, type Verdict } from './judge-column.js';
import { judgeTarget, type TargetVerdict } from './judge-target.js';

export interface Proposal {
  readonly rows: number;
  readonly columns: number;
  readonly target: TargetVerdict;
  readonly verdicts: readonly Verdict[];
}

/** Throws DATA_INVALID where no recipe can train on the table. */
export function proposeRecipe(table: Table, targetName: string): Proposal {
  refuseSameColumns(table);
  const target = judgeTarget(table, targetName);
  const features = table.columns.filter(({ name }) => name !== targetName);
  const verdicts = withoutClashes(features.map((column) => judged(column, target)));
  if (verdicts.every(({ use }) => use === 'drop'))
    throw new MlctlError('DATA_INVALID', `no column is left to predict ${JSON.stringify(targetName)} from`, {
      hint: 'add columns with numbers, or with texts that come back in many rows',
      details: {
        dropped: verdicts.flatMap((one) =>
          one.use === 'drop' ? [{ column: one.facts.name, reason: one.reason }] : [],
        ),
      },
    });
  return { rows: table.rows, columns: table.columns.length, target, verdicts };
}

function judged(column: Column, target: TargetVerdict): Verdict {
  const facts = columnFacts(column, target.rows.train);
  return isNamedLikeAnswer(column.name, target.role)
    ? { use: 'drop', facts, reason: 'it is named like an output of the model' }
    : judgeColumn(facts);
}

/** one_hot_encoder names a column for each text: `plan_basic`. That must not be the name of another column. */
function withoutClashes(verdicts: readonly Verdict[]): Verdict[] {
  const taken = new Set(verdicts.filter(({ use }) => use !== 'drop').map(({ facts }) => facts.name));
  return verdicts.map((verdict) => {
    if (verdict.use !== 'text') return verdict;
    const { facts } = verdict;
    const made = [...facts.values, MISSING_TEXT].map((text) => `${facts.name}_${text}`);
    if (made.some((name) => taken.has(name)))
      return { use: 'drop', facts, reason: 'one_hot_encoder would name its columns like others' };
    for (const name of made) taken.add(name);
    return verdict;
  });
}

/** What stands for a missing text. */
export const MISSING_TEXT = 'missing';
