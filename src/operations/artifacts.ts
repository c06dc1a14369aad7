// Turns a run into the list of its files and, if asked, into copies of them in a new folder.
import { resolve } from 'node:path';
import { downloadTree, listTree } from '../artifacts/transfer.js';
import type { ArtifactDocument } from '../documents/artifact.js';
import { MlctlError } from '../errors/error.js';
import { buildFolderAtomically } from '../files/write-folder-atomically.js';
import { artifactsAt } from '../session/artifacts-at.js';
import { requireRun } from '../session/find-run.js';
import { existingStores, type StoreOptions } from '../session/stores.js';
import { nearestNames } from '../text/nearest-names.js';
import { printable } from '../text/printable.js';
import { withoutEnd } from '../text/without-end.js';
import type { World } from '../world.js';

export interface ArtifactsRequest extends StoreOptions {
  /** The id of a run, or a beginning that no other run has. */
  readonly runId: string;
  /** Only this file, or what is in this folder; all if left out. */
  readonly path?: string;
  /** Copies them into this folder, which must not exist. */
  readonly download?: string;
}

/** What `mlctl artifacts --json` prints. */
export interface ArtifactsDocument {
  readonly run_id: string;
  readonly artifacts: readonly ArtifactDocument[];
  /** Where the copies are; null if none were asked for. */
  readonly path: string | null;
}

function chosen(all: readonly ArtifactDocument[], path: string, run: string): readonly ArtifactDocument[] {
  const found = all.filter((file) => file.path === path || file.path.startsWith(`${path}/`));
  if (found.length > 0) return found;
  const [near] = nearestNames(
    path,
    all.flatMap((file) => [file.path, file.path.split('/')[0]!]),
  );
  throw new MlctlError('ARTIFACT_NOT_FOUND', `run ${run} has no artifact "${printable(path, 150)}"`, {
    hint: near === undefined ? `mlctl artifacts ${run} lists them` : `did you mean ${printable(near, 150)}?`,
  });
}

/** Throws RUN_NOT_FOUND, RUN_AMBIGUOUS, ARTIFACT_NOT_FOUND, FILE_EXISTS, PATH_REFUSED, or what the stores throw. */
export async function listArtifacts(world: World, request: ArtifactsRequest): Promise<ArtifactsDocument> {
  const { signal, progress } = world;
  const stores = existingStores(world, request);
  try {
    const tracking = await stores.tracking();
    const run = await requireRun(tracking, request.runId);
    const files = await artifactsAt({ world, options: request, tracking }, run.artifactUri, {
      store: tracking,
      what: `run ${run.runId}`,
      to: 'read',
    });
    const all = await listTree(files, '', { signal });
    const artifacts =
      request.path === undefined ? all : chosen(all, withoutEnd(request.path.replace(/^\.?\/+/, ''), '/'), run.runId);
    if (request.download === undefined) return { run_id: run.runId, artifacts, path: null };
    const target = resolve(world.cwd, request.download);
    const only = new Set(artifacts.map(({ path }) => path));
    await buildFolderAtomically(
      target,
      async (folder) => {
        await downloadTree(files, '', folder, { signal, progress, only });
      },
      { signal },
    );
    return { run_id: run.runId, artifacts, path: target };
  } finally {
    await stores.close();
  }
}
