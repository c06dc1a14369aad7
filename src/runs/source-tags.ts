// Turns a lineage into MLflow's tags of who logs what from where, and those of mlctl that searches and older readers know.
import type { Lineage } from '../lineage/types.js';
import { PROCESS_TAG, processMark } from './process-mark.js';

/** Tags of a new run. The rest of the lineage is in an artifact of the run. */
export function sourceTags({ user, source, git, versions }: Lineage): Map<string, string> {
  const tags: readonly (readonly [string, string | null])[] = [
    ['mlflow.user', user],
    ['mlflow.source.name', source],
    ['mlflow.source.type', 'LOCAL'],
    ['mlctl.version', versions.mlctl],
    ['mlctl.node_version', versions.node],
    ['mlctl.onnxruntime_version', versions.onnxruntime],
    [PROCESS_TAG, processMark()],
    ['mlflow.source.git.commit', git.commit],
    ['mlflow.source.git.branch', git.branch],
    ['mlflow.source.git.repoURL', git.remote],
    ['mlctl.git_dirty', git.dirty === null ? null : String(git.dirty)],
  ];
  return new Map(tags.filter((tag): tag is readonly [string, string] => tag[1] !== null));
}
