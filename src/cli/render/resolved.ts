// What a model URI led to, in one clause: `version 3 of iris_clf, stage Production`.
import type { ResolvedDocument } from '../../documents/resolved.js';

export function resolvedWords(resolved: ResolvedDocument): string {
  const { kind, name, version, stage, alias, run_id: run, model_id: model, location } = resolved;
  const by = alias !== null ? `, alias ${alias}` : stage !== null && stage !== 'None' ? `, stage ${stage}` : '';
  if (name !== null && version !== null) return `version ${version} of ${name}${by}`;
  if (kind === 'run' && run !== null) return `a model of run ${run}`;
  if (model !== null) return `logged model ${model}`;
  return location;
}
