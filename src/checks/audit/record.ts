// Judges whether params, metrics, tags and lineage of the run are what they were when the run ended.

import { sha256 } from '../../files/digest-folder.js';
import { LINEAGE_DIGEST_TAG, RUN_DIGEST_TAG } from '../../lineage/names.js';
import { changedRunParts, formatRunDigest, recordOf } from '../../lineage/run-digest.js';
import { listed } from '../../text/listed.js';
import { printable } from '../../text/printable.js';
import type { AuditFacts } from '../audit-facts.js';
import { type AuditLine, evidence } from '../audit-line.js';

/** Who keeps digests of the run outside of the run. */
const keepersOf = ({ version, model }: AuditFacts['standing']) =>
  [
    [`version ${version?.version} of ${printable(version?.name ?? '', 120)}`, version?.tags],
    [`logged model ${printable(model?.modelId ?? '', 80)}`, model?.tags],
  ] as const;

export const record: AuditLine = {
  id: 'record',
  judge({ standing, lineage }) {
    const { run } = standing;
    if (!run)
      return {
        verdict: 'unknown',
        message: 'the run that made the model cannot be read',
        hint: 'see the line run',
        evidence: [],
      };
    const kept = keepersOf(standing).flatMap(([who, tags]) => {
      const digest = tags?.get(RUN_DIGEST_TAG);
      return digest === undefined ? [] : [{ who, digest }];
    });
    const lineageKept = keepersOf(standing).flatMap(([who, tags]) => {
      const digest = tags?.get(LINEAGE_DIGEST_TAG);
      return digest === undefined
        ? []
        : [evidence('lineage digest', `tag ${LINEAGE_DIGEST_TAG} of ${who}`, printable(digest, 100))];
    });
    const counts = `${run.params.size} params, ${run.metrics.size} metrics and ${run.tags.size} tags`;
    if (kept.length === 0)
      return {
        verdict: 'recorded',
        message: `the run has ${counts}; no digest of them was kept outside of the run, so a later change would not show`,
        hint: 'mlctl train and mlctl log keep such a digest on the logged model and the version',
        evidence: [evidence('params, metrics and tags', `run ${printable(run.runId, 80)}`, counts)],
      };
    const rests = [
      evidence('run digest', 'computed now', shortDigest(formatRunDigest(recordOf(run)))),
      ...kept.map(({ who, digest }) => evidence('run digest', `tag ${RUN_DIGEST_TAG} of ${who}`, shortDigest(digest))),
      ...(!lineage?.digest
        ? []
        : [evidence('lineage digest', `artifact ${lineage.file} as it is now`, lineage.digest)]),
      ...lineageKept,
    ];
    const faults = faultsOf(kept, recordOf(run));
    if (lineage?.fault) faults.push(lineage.fault);
    if (faults.length > 0)
      return {
        verdict: 'refuted',
        message: faults.join('; '),
        hint: `look at the run: mlctl runs ${printable(run.runId, 80)}; somebody changed it after it ended`,
        evidence: rests,
        details: { faults },
      };
    return {
      verdict: 'proven',
      message: `${counts} are those that the run had when it ended`,
      evidence: rests,
    };
  },
};

/** Keepers that say the same share a sentence. */
function faultsOf(
  kept: readonly { readonly who: string; readonly digest: string }[],
  run: Parameters<typeof changedRunParts>[1],
): string[] {
  const keepers = new Map<string, string[]>();
  for (const { who, digest } of kept) {
    const changed = changedRunParts(digest, run);
    const what =
      changed === null
        ? 'what is kept is not a digest of a run'
        : `the ${listed(changed)} of the run were changed after it ended`;
    if (changed === null || changed.length > 0) keepers.set(what, [...(keepers.get(what) ?? []), who]);
  }
  return [...keepers].map(([what, who]) => `${what}, by the digest of ${listed(who)}`);
}

/** One digest for the three lines that are kept, so that evidence stays on one line. */
const shortDigest = (text: string): string => `sha256:${sha256(text)}`;
