// Turns an artifact location (as a run, a logged model or a model version names it) into a store over it, by scheme.
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { redactUri } from '../text/redact.js';
import type { World } from '../world.js';
import { openFileArtifacts } from './open-file-artifacts.js';
import type { ArtifactStore } from './store.js';

interface ArtifactContext {
  readonly world: World;
  /** The tracking server, base of `mlflow-artifacts:` locations; null for the embedded store. */
  readonly trackingUri: string | null;
}

/** The folder that a `file:` URI or plain path means. */
export function localFolderOf(location: string, cwd: string): string | null {
  if (/^file:/i.test(location)) {
    try {
      // `file:/x` and `file:///x` are the same place in MLflow.
      return fileURLToPath(
        location.replace(/^file:\/(?!\/)/i, 'file:///').replace(/^file:\/\/localhost\//i, 'file:///'),
      );
    } catch (cause) {
      throw new MlctlError(
        'URI_INVALID',
        `the location "${printable(location)}" is not a local file URI; expected file:///absolute/path`,
        { cause },
      );
    }
  }
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(location)) return null;
  return isAbsolute(location) ? location : resolve(cwd, location);
}

/** Opens nothing on the network yet; the first call does. Throws ARTIFACTS_UNSUPPORTED. */
export async function openArtifacts(location: string, context: ArtifactContext): Promise<ArtifactStore> {
  const folder = localFolderOf(location, context.world.cwd);
  if (folder !== null) return openFileArtifacts(folder);
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(location)?.[1]?.toLowerCase() ?? '';
  if (scheme === 'mlflow-artifacts') {
    if (context.trackingUri === null || !/^https?:/i.test(context.trackingUri)) {
      throw new MlctlError(
        'ARTIFACTS_UNSUPPORTED',
        `"${printable(redactUri(location), 200)}" is behind an MLflow server, but no server is set`,
        { hint: 'set MLFLOW_TRACKING_URI=http://host:5000' },
      );
    }
    const { openServer } = await import('../mlflow-server/open-server.js');
    const { openProxyArtifacts } = await import('./proxy/open-proxy-artifacts.js');
    return openProxyArtifacts(context.world, await openServer(context.world, context.trackingUri), location);
  }
  if (scheme === 's3' || scheme === 's3a' || scheme === 's3n') {
    const { openS3Artifacts } = await import('./s3/open-s3-artifacts.js');
    return openS3Artifacts(context.world, location);
  }
  throw new MlctlError(
    'ARTIFACTS_UNSUPPORTED',
    `mlctl cannot read "${printable(redactUri(location), 200)}": no artifact store for ${printable(scheme, 40)}:`,
    {
      hint: 'locations that work: a folder, file:///…, mlflow-artifacts:/…, s3://bucket/key',
      details: { location: printable(redactUri(location)), scheme: printable(scheme, 40) },
    },
  );
}
