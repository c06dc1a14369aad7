// Judges whether the data that the model was trained on still has the digest that it had then.
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import type { AuditFacts, DataFinding } from '../audit-facts.js';
import { type AuditLine, evidence } from '../audit-line.js';
import { lineageChanged } from './lineage-changed.js';

const DATA_DIGEST_TAG = 'mlctl.data_digest';

/** Records of the same data that do not agree: the tag of the run, and MLflow's list of its inputs, which keeps a part of the digest. */
function disagreements({ standing: { run }, seen: { data } }: AuditFacts): string[] {
  const known = data.flatMap(({ recorded }) => (recorded?.startsWith('sha256:') ? [recorded] : []));
  if (known.length === 0 || !run) return [];
  const tag = run.tags.get(DATA_DIGEST_TAG);
  const inputs = run.datasets.filter(
    ({ digest }) => !known.some((one) => one.slice('sha256:'.length).startsWith(digest)),
  );
  return [
    ...(tag === undefined || known.includes(tag)
      ? []
      : [`tag ${DATA_DIGEST_TAG} of the run says ${printable(tag, 100)}`]),
    ...inputs.map(({ name, digest }) => `the input ${printable(name, 100)} of the run says ${printable(digest, 60)}`),
  ];
}

const shown = ({ source }: DataFinding): string => printable(source, 200);

/** The evidence has it whole. */
const short = (digest: string | null): string => `${printable(digest ?? '', 19)}`.replace(/… .*/, '…');

export const data: AuditLine = {
  id: 'data',
  judge(facts) {
    const changed = lineageChanged(facts);
    if (changed !== null) return changed;
    const { data: found } = facts.seen;
    if (found.length === 0)
      return {
        verdict: 'unknown',
        message: 'no data set is recorded',
        hint: 'train it with mlctl train, which records every data file with its digest',
        evidence: [],
      };
    const rests = found.flatMap((one) => [
      evidence(
        'data digest',
        'recorded when it was trained',
        one.recorded === null ? null : printable(one.recorded, 100),
      ),
      ...(one.found === null ? [] : [evidence('data digest', `${shown(one)}, computed now`, one.found)]),
    ]);
    const wrong = found.filter(({ found: now, recorded }) => now !== null && recorded !== null && now !== recorded);
    const apart = disagreements(facts);
    if (wrong.length > 0)
      return {
        verdict: 'refuted',
        message: `${shown(wrong[0]!)} is not what it was: expected ${short(wrong[0]!.recorded)}, found ${short(wrong[0]!.found)}`,
        hint: 'bring back the data as it was, or audit with --data FILE if it lies elsewhere now',
        evidence: rests,
        details: { changed: wrong.map(shown) },
      };
    if (apart.length > 0)
      return {
        verdict: 'refuted',
        message: `the records of the data do not agree: the lineage says ${printable(found[0]?.recorded ?? '', 100)}, but ${apart.join('; ')}`,
        hint: 'find out who changed the run',
        evidence: rests,
        details: { disagreeing: apart },
      };
    const unseen = found.filter(({ found: now }) => now === null);
    if (unseen.length > 0)
      return {
        verdict: 'recorded',
        message: `a digest of ${shown(unseen[0]!)} is recorded, but ${unseen[0]!.why ?? 'the data was not read'}`,
        hint: 'if the data lies elsewhere now: mlctl audit URI --data FILE',
        evidence: rests,
      };
    return {
      verdict: 'proven',
      message: `${found.length === 1 ? shown(found[0]!) : plural(found.length, 'data file')} ${found.length === 1 ? 'has' : 'have'} the digest that was recorded`,
      evidence: rests,
    };
  },
};
