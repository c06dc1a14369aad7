// Prompts: Python MLflow keeps them among the registered models, marked by a tag; searches leave them out unless asked for.
import type { Comparison } from '../filter.js';
import type { SqlPart } from './search-sql.js';

const PROMPT_TAG = 'mlflow.prompt.is_prompt';

function asksForPrompts(filters: readonly Comparison[]): boolean {
  const first = filters.find(({ kind, key }) => kind === 'tag' && key === PROMPT_TAG);
  const value = String(first?.value).toLowerCase();
  return (first?.comparator === '=' && value === 'true') || (first?.comparator === '!=' && value === 'false');
}

export function promptClause(filters: readonly Comparison[], tagTable: string, row: string): SqlPart[] {
  if (asksForPrompts(filters)) return [];
  return [
    {
      sql: `NOT EXISTS (SELECT 1 FROM ${tagTable} p WHERE p.name = ${row}.name AND p.key = ? AND p.value = 'true')`,
      values: [PROMPT_TAG],
    },
  ];
}

/** Models have no prompt tag, so a comparison with it would leave out all models. */
export function withoutPromptTag(filters: readonly Comparison[]): readonly Comparison[] {
  return asksForPrompts(filters) ? filters : filters.filter(({ kind, key }) => kind !== 'tag' || key !== PROMPT_TAG);
}
