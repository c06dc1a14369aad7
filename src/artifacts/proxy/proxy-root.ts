// What listing, reading and writing through a server's artifact proxy share: its addresses, its errors, and the way files go.

import { MlctlError } from '../../errors/error.js';
import type { Server } from '../../mlflow-server/open-server.js';
import { type Refusal, signInError } from '../../mlflow-server/refusal.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import { withoutEnd } from '../../text/without-end.js';
import { safePath } from '../../uri/safe-join.js';
import type { World } from '../../world.js';
import { openServerInfo, type ServerInfo } from './open-server-info.js';
import { type ProxyDirect, proxyDirect } from './proxy-direct.js';

export interface ProxyRoot {
  readonly world: World;
  readonly server: Server;
  readonly direct: ProxyDirect;
  readonly info: ServerInfo;
  /** Sizes as listed: large files may go the direct way. */
  readonly sizes: Map<string, number>;
  /** The server has said that files may not pass through it. */
  mustGoDirect: boolean;
  /** The address of lists. */
  readonly listUrl: URL;
  below(path: string): string;
  urlOf(path: string): URL;
  refused(what: string, refusal: Refusal): MlctlError;
}

const PLACE = /^mlflow-artifacts:(?:\/\/([^/]*))?\/*(.*?)(?:(?<!\/)\/+)?$/is;

/**
 * The path on the server that a location means: `mlflow-artifacts:/1/abc` is below the tracking server's own address.
 * `mlflow-artifacts://host:port/1/abc` names a host, which must be the tracking server's, because credentials go nowhere else.
 */
function rootOf(location: string, base: URL): string {
  const [, host = '', path = ''] = PLACE.exec(location) ?? [];
  if (host !== '' && host.toLowerCase() !== base.host) {
    throw new MlctlError(
      'REMOTE_REFUSED',
      `the artifact location ${printable(redactUri(location), 200)} is on another host than the tracking server ${base.host}`,
      { hint: 'set MLFLOW_TRACKING_URI to the server that has these artifacts' },
    );
  }
  return path === '' ? '' : safePath(path);
}

/** `--no-serve-artifacts` answers 503, which looks temporary but is not. */
export const notServing = (status: number, text: string): boolean => status === 503 && /serve-artifacts/i.test(text);
/** A server that does not let files pass through it (3.18: --artifacts-presigned-only). */
export const onlyDirect = (refusal: Refusal): boolean =>
  refusal.status === 403 && /directly (?:to|from) storage/i.test(refusal.message);

export function openProxyRoot(world: World, server: Server, location: string): ProxyRoot {
  const { base } = server;
  const rootPath = rootOf(location, base);
  const service = `${withoutEnd(base.pathname, '/')}/api/2.0/mlflow-artifacts/artifacts`;
  const below = (path: string): string => [rootPath, path].filter((part) => part !== '').join('/');

  /** Every segment is encoded once; the server refuses `#` however it is written (seen with 3.18). */
  function urlOf(path: string): URL {
    if (path.includes('#')) {
      throw new MlctlError(
        'PATH_REFUSED',
        `${printable(path, 200)}: MLflow's artifact proxy does not allow "#" in a name`,
        {
          hint: 'rename the file',
        },
      );
    }
    return new URL(`${service}/${below(path).split('/').map(encodeURIComponent).join('/')}`, base);
  }

  return {
    world,
    server,
    direct: proxyDirect(world, server, rootPath),
    info: openServerInfo(world, server),
    sizes: new Map(),
    mustGoDirect: false,
    listUrl: new URL(service, base),
    below,
    urlOf,
    refused: (what, refusal) => refusedBy(base, what, refusal),
  };
}

function refusedBy(base: URL, what: string, refusal: Refusal): MlctlError {
  const signIn = signInError(what, refusal, base);
  if (signIn) return signIn;
  if (refusal.status === 404) return new MlctlError('ARTIFACT_NOT_FOUND', `${what}: there is no such file`, {});
  return new MlctlError('REMOTE_REFUSED', `${what}: ${refusal.status}: ${refusal.message}`, {
    hint: notServing(refusal.status, refusal.message)
      ? 'the server runs with --no-serve-artifacts, and this location was made when it did not: ask who runs it'
      : 'run the command again; mlctl doctor probes the artifact store',
    details: { status: refusal.status },
  });
}
