// Turns what was recorded of code and versions, and what is here now, into differences that may explain other results.
import type { GitLineage, VersionLineage } from '../lineage/types.js';
import type { ReproductionDifference } from './types.js';

/** What another version can change. Only mlctl itself computes what is compared bit by bit. */
const VERSION_WORDS: Record<keyof VersionLineage, string> = {
  mlctl: 'another version may fit or write the graph in another way',
  node: 'this does not matter: the fit gives the same bytes on every Node',
  onnxruntime: 'this does not matter to the fit; predictions may differ in their last digits',
  lock: 'this does not matter: the packages that compute are named by the other versions',
  platform: 'this does not matter to the fit; predictions may differ in their last digits',
};

export function versionDifferences(before: VersionLineage, now: VersionLineage): ReproductionDifference[] {
  return (Object.keys(VERSION_WORDS) as (keyof VersionLineage)[]).flatMap((name) => {
    const [expected, actual] = [before[name], now[name]];
    if (expected === null || actual === null || expected === actual) return [];
    return [{ what: 'version' as const, name, expected, actual, matters: false, message: VERSION_WORDS[name] }];
  });
}

/** mlctl runs no code of a repository, so a commit matters by the recipe and the data in it. */
export function codeDifferences(before: GitLineage, now: GitLineage): ReproductionDifference[] {
  const differences: ReproductionDifference[] = [];
  if (before.commit !== null && now.commit !== null && before.commit !== now.commit)
    differences.push({
      what: 'code',
      name: 'commit',
      expected: before.commit,
      actual: now.commit,
      matters: false,
      message: 'the repository is at another commit; only the recipe and the data in it matter',
    });
  if (before.dirty === true)
    differences.push({
      what: 'code',
      name: 'uncommitted changes',
      expected: before.diff_digest,
      actual: now.diff_digest,
      matters: false,
      message: 'the model was trained with changes that were not committed; only the recipe and the data matter',
    });
  return differences;
}
