// Turns what the stores know of a model's making into the facts that a provenance statement says.
import type { LineageDocument } from '../documents/lineage.js';
import type { Dependency, MakingFacts } from '../signing/provenance.js';
import { VERSION } from '../version.js';
import type { ResolvedModel } from './resolve-model.js';
import { bindingOf } from './signature-store.js';

function dependenciesOf(lineage: LineageDocument): Dependency[] {
  const data = lineage.data.map(({ name, digest, source, context }) => ({
    name,
    uri: source,
    annotations: { digest, ...(context === null ? {} : { context }) },
  }));
  if (lineage.git_commit === null) return data;
  const annotations = lineage.git_dirty === null ? {} : { annotations: { dirty: lineage.git_dirty } };
  return [...data, { name: 'source', digest: { gitCommit: lineage.git_commit }, ...annotations }];
}

export async function makingFacts(resolved: ResolvedModel): Promise<MakingFacts> {
  const lineage = resolved.document.run_id === null ? null : await resolved.lineage();
  return {
    ...bindingOf(resolved.document),
    trained: false,
    recipe: null,
    internal: lineage === null ? {} : { params: lineage.params, metrics: lineage.metrics },
    dependencies: lineage === null ? [] : dependenciesOf(lineage),
    started: lineage?.started ?? null,
    ended: lineage?.ended ?? null,
    signer: VERSION,
  };
}
