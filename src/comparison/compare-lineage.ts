// Turns what two runs recorded into the facts that are not the same. Some only say which run it was.
import type { LineageChangeDocument } from '../documents/diff.js';
import type { LineageDocument } from '../documents/lineage.js';
import { printable } from '../text/printable.js';
import { compareValues } from './compare-values.js';

/** Tags that say from what and with what a model was made: name of the tag → what people call it. */
const MADE_WITH: ReadonlyMap<string, string> = new Map([
  ['mlctl.recipe_digest', 'recipe'],
  ['mlctl.version', 'mlctl'],
  ['mlctl.node_version', 'Node'],
  ['mlctl.onnxruntime_version', 'ONNX Runtime'],
]);

const IDENTITY: ReadonlySet<string> = new Set(['run', 'run name', 'status', 'experiment', 'user', 'started', 'ended']);

export function compareLineage(a: LineageDocument | null, b: LineageDocument | null): LineageChangeDocument[] {
  return compareValues(factsOf(a), factsOf(b)).map((change) => ({ ...change, identity: IDENTITY.has(change.name) }));
}

function factsOf(lineage: LineageDocument | null): Map<string, string | null> {
  if (lineage === null) return new Map();
  const { git_dirty: dirty, data, tags } = lineage;
  const facts = new Map<string, string | null>([
    ['run', lineage.run_id],
    ['run name', lineage.run_name],
    ['status', lineage.run_status],
    ['experiment', lineage.experiment],
    ['user', lineage.user],
    ['started', lineage.started],
    ['ended', lineage.ended],
    ['source', lineage.source],
    ['code', lineage.git_commit === null ? null : `${lineage.git_commit}${dirty === true ? ' (changed)' : ''}`],
  ]);
  for (const { name, digest, context } of data)
    facts.set(`data ${printable(name, 80)}${context === null ? '' : ` (${printable(context, 40)})`}`, digest);
  for (const [tag, name] of MADE_WITH) if (Object.hasOwn(tags, tag)) facts.set(name, tags[tag] ?? null);
  return facts;
}
