// Judges whether the commit that the model was trained from exists, and whether the code was that of the commit.
import { printable } from '../../text/printable.js';
import type { AuditFacts } from '../audit-facts.js';
import { type AuditLine, evidence, type Judgement } from '../audit-line.js';
import { lineageChanged } from './lineage-changed.js';

const COMMIT_TAG = 'mlflow.source.git.commit';
const DIRTY_TAG = 'mlctl.git_dirty';

function disagreement({ standing: { run }, lineage }: AuditFacts): string | null {
  const git = lineage?.from === 'artifact' ? lineage?.lineage.git : undefined;
  if (!git || !run) return null;
  const commit = run.tags.get(COMMIT_TAG) ?? null;
  if (commit !== git.commit)
    return `the lineage says commit ${git.commit ?? 'unknown'}, but tag ${COMMIT_TAG} of the run says ${printable(commit ?? 'nothing', 80)}`;
  const dirty = run.tags.get(DIRTY_TAG);
  if (dirty !== undefined && git.dirty !== null && dirty !== String(git.dirty))
    return `the lineage says that files were ${git.dirty ? '' : 'not '}changed, but tag ${DIRTY_TAG} of the run says ${printable(dirty, 20)}`;
  return null;
}

export const code: AuditLine = {
  id: 'code',
  judge(facts): Judgement {
    const changed = lineageChanged(facts);
    if (changed !== null) return changed;
    const git = facts.lineage?.lineage.git;
    const found = facts.seen.code;
    if (!git || git.commit === null)
      return {
        verdict: 'unknown',
        message: `no commit is recorded${git?.unknown.commit === undefined ? '' : `: ${printable(git.unknown.commit, 200)}`}`,
        hint: 'train from a git repository',
        evidence: [],
      };
    const short = git.commit.slice(0, 12);
    const rests = [
      evidence(
        'commit',
        facts.lineage?.from === 'artifact' ? `artifact ${facts.lineage.file}` : `tag ${COMMIT_TAG}`,
        printable(git.commit, 80),
      ),
      evidence('changed files', 'recorded before the work started', git.dirty),
      ...(git.diff_digest === null
        ? []
        : [evidence('digest of the diff', `artifact ${facts.lineage.file}`, printable(git.diff_digest, 100))]),
      ...(found?.there === true ? [evidence('commit', 'the repository of this folder', 'is there')] : []),
    ];
    const apart = disagreement(facts);
    if (apart !== null)
      return { verdict: 'refuted', message: apart, hint: 'find out who changed the run', evidence: rests };
    if (git.dirty === true)
      return {
        verdict: 'recorded',
        message: `files differed from commit ${short} when it was trained${git.diff_digest === null ? '' : ', and the digest of the diff is recorded'}`,
        hint: 'train from a clean commit, so that the code can be had again',
        evidence: rests,
      };
    if (git.dirty === null)
      return {
        verdict: 'recorded',
        message: `commit ${short} is recorded, but not whether files differed from it${git.unknown.dirty === undefined ? '' : `: ${printable(git.unknown.dirty, 200)}`}`,
        hint: 'train from a clean commit, so that the code can be had again',
        evidence: rests,
      };
    if (found?.there !== true)
      return {
        verdict: 'recorded',
        message: `commit ${short} is recorded as clean, but ${found?.why ?? 'the repository of this folder does not have it'}`,
        hint: 'run the audit in a clone of the repository, after git fetch',
        evidence: rests,
      };
    if (facts.lineage?.from !== 'artifact')
      return {
        verdict: 'recorded',
        message: `commit ${short} is in the repository of this folder; only tags of the run say that the model comes from it`,
        hint: 'train again with this mlctl, which keeps a digest of the lineage outside of the run',
        evidence: rests,
      };
    return {
      verdict: 'proven',
      message: `commit ${short} is in the repository of this folder, and no file differed from it when it was trained`,
      evidence: rests,
    };
  },
};
