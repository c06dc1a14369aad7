// Turns open stores and a URI into the source of an audit.
import type { ArtifactStore } from '../../artifacts/store.js';
import { hasCommit } from '../../lineage/git/has-commit.js';
import type { FetchedPackage } from '../../loader/fetch-package.js';
import { filesOfRun } from '../../loader/read-evaluation.js';
import type { ResolvedModel } from '../../loader/resolve-model.js';
import { readSignatureIn } from '../../loader/signature-store.js';
import { readSignatureAt } from '../../loader/signed-folder.js';
import type { Standing } from '../../loader/standing.js';
import type { StoreOptions, Stores } from '../../session/stores.js';
import { NO_SIGNATURE } from '../../signing/signature-names.js';
import type { World } from '../../world.js';
import type { AuditSource, CodeFinding, ReproductionFinding } from '../audit-facts.js';
import { type StoreTools, storeTools } from '../store-tools.js';
import { evaluationOf } from './evaluation-of.js';
import { findData } from './find-data.js';
import { findMoves } from './find-moves.js';

interface SourceRequest extends StoreOptions {
  readonly uri?: string;
  /** Deadline for inference, ms. */
  readonly timeoutMs?: number;
  /** Where the training data lies now, if it was moved. */
  readonly data?: string;
}

/** Trains the model again, or replays it. */
export type Reproduce = (resolved: ResolvedModel, pkg: FetchedPackage) => Promise<ReproductionFinding>;

const NOT_THESE: ReproductionFinding = {
  identical: { payload: null, predictions: null, metrics: null },
  trained: false,
  differences: [],
  why: 'the files are not the ones that were logged, so there is nothing to compare with',
};

/** Close it when done; the stores belong to the caller. `watched`: the artifacts of the run, as they are read. `reproduce`: if the user asked for it. */
export function storeSource(
  world: World,
  stores: Stores,
  request: SourceRequest,
  {
    watched = (files) => files,
    reproduce,
  }: { readonly watched?: (files: ArtifactStore) => ArtifactStore; readonly reproduce?: Reproduce },
): AuditSource & Pick<StoreTools, 'close'> {
  const opened = storeTools(world, stores, { ...request, fresh: true });
  const resolved = () => opened.resolved()!;
  let standing: Promise<Standing> | undefined;
  const ask = (): Promise<Standing> => {
    standing ??= resolved().standing();
    return standing;
  };
  let files: Promise<ArtifactStore | null> | undefined;
  const unwatched = (): Promise<ArtifactStore | null> => {
    files ??= ask().then(({ run }) => (run ? filesOfRun(world, resolved(), request, run) : null));
    return files;
  };
  const runFiles = (): Promise<ArtifactStore | null> => unwatched().then((one) => one && watched(one));
  const runs: Record<string, boolean> = Object.create(null);
  return {
    tools: {
      ...opened.tools,
      async hasRun(runId) {
        runs[runId] ??= await opened.tools.hasRun(runId);
        return runs[runId];
      },
      evaluation: () => evaluationOf({ standing: ask, runFiles }),
    },
    standing: ask,
    runFiles,
    async signature() {
      const { document, path } = resolved();
      if (document.kind === 'path') return readSignatureAt(document.location);
      const files = await unwatched();
      return files === null ? NO_SIGNATURE : readSignatureIn(files, { document, path });
    },
    async observe({ version }, lineage, modelPackage) {
      const commit = lineage?.lineage.git.commit ?? null;
      const code: CodeFinding | null =
        commit === null ? null : { commit, ...(await hasCommit(world, world.cwd, commit)) };
      return {
        data: await findData(world, lineage?.fault ? [] : (lineage?.lineage.data ?? []), request.data),
        code,
        moves: version === null ? null : await findMoves(await stores.registry(), version),
        reproduction:
          reproduce === undefined
            ? null
            : modelPackage === undefined
              ? NOT_THESE
              : await reproduce(resolved(), { ...modelPackage, verified: resolved().recorded?.source ?? 'none' }),
        runs,
      };
    },
    close: opened.close,
  };
}
