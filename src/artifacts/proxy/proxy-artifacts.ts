// `mlflow-artifacts:` locations: files that travel through the tracking server.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { MlctlError } from '../../errors/error.js';
import type { Server } from '../../http/open-server.js';
import { jsonObject, type Refusal, refusalOf, signInError } from '../../http/refusal.js';
import type { HttpStream } from '../../http/types.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import { safePath } from '../../uri/safe-join.js';
import type { World } from '../../world.js';
import { fileSize } from '../file-size.js';
import { type Opened, readResuming, sizeOfWhole, skipping } from '../resuming.js';
import type { ArtifactEntry, ArtifactSource, ArtifactStore } from '../store.js';
import { proxyDirect } from './proxy-direct.js';
import { openServerInfo } from './proxy-info.js';

const MOST_LIST_BYTES = 64 * 1024 * 1024;
const PLACE = /^mlflow-artifacts:(?:\/\/([^/]*))?\/*(.*?)\/*$/is;

/**
 * The path on the server that a location means: `mlflow-artifacts:/1/abc` lives below the tracking server's own address,
 * `mlflow-artifacts://host:port/1/abc` names a host, which must be the tracking server's: credentials go nowhere else.
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

/** `--no-serve-artifacts` answers 503, which would look passing. */
const notServing = (status: number, text: string): boolean => status === 503 && /serve-artifacts/i.test(text);
/** A server that lets no file pass through it (3.18: --artifacts-presigned-only). */
const onlyDirect = (refusal: Refusal): boolean =>
  refusal.status === 403 && /directly (?:to|from) storage/i.test(refusal.message);

export function openProxyArtifacts(world: World, server: Server, location: string): ArtifactStore {
  const { http, base } = server;
  const rootPath = rootOf(location, base);
  const service = `${base.pathname.replace(/\/+$/, '')}/api/2.0/mlflow-artifacts/artifacts`;
  const below = (path: string): string => [rootPath, path].filter((part) => part !== '').join('/');
  const direct = proxyDirect(world, server, rootPath);
  const info = openServerInfo(world, server);
  /** Sizes as listed: large files may go the direct way. */
  const sizes = new Map<string, number>();
  let mustGoDirect = false;

  /** Every segment encoded once; `#` is refused by the server however it is written (seen with 3.18). */
  function urlOf(path: string): URL {
    if (path.includes('#')) {
      throw new MlctlError('PATH_REFUSED', `${printable(path, 200)}: MLflow's artifact proxy takes no "#" in a name`, {
        hint: 'rename the file',
      });
    }
    return new URL(`${service}/${below(path).split('/').map(encodeURIComponent).join('/')}`, base);
  }

  function refused(what: string, refusal: Refusal): MlctlError {
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

  async function list(path: string): Promise<readonly ArtifactEntry[]> {
    const what = `list ${printable(path || '/', 120)}`;
    const url = new URL(service, base);
    url.searchParams.set('path', below(path));
    const response = await http.send({
      method: 'GET',
      url,
      idempotent: true,
      maxBytes: MOST_LIST_BYTES,
      lasting: notServing,
    });
    if (response.status === 404 && refusalOf(response).errorCode !== '') return [];
    if (response.status !== 200) throw refused(what, refusalOf(response));
    const answer = jsonObject(what, response.body);
    const files = answer === null ? null : (answer['files'] ?? []);
    if (!Array.isArray(files)) throw new MlctlError('REMOTE_REFUSED', `${what}: the answer has no list of files`);
    return files.map((file: unknown) => {
      const { path: name, is_dir, file_size } = (file ?? {}) as Record<string, unknown>;
      if (typeof name !== 'string') throw new MlctlError('REMOTE_REFUSED', `${what}: an entry has no name`);
      const entry = {
        path: path === '' ? name : `${path}/${name}`,
        isDirectory: is_dir === true,
        // A file of no bytes comes without a size.
        size: is_dir === true ? null : (fileSize(`${what}: ${printable(name, 120)}`, file_size) ?? 0),
      };
      if (entry.size !== null) sizes.set(entry.path, entry.size);
      return entry;
    });
  }

  async function beginning(stream: HttpStream): Promise<Uint8Array> {
    try {
      for await (const chunk of stream.body) return chunk.subarray(0, 4096);
      return new Uint8Array();
    } finally {
      stream.discard();
    }
  }

  async function throughProxy(path: string, offset: number, etag: string | null): Promise<Opened> {
    const what = `read ${printable(path, 120)}`;
    const ask = (lasting: (status: number, text: string) => boolean): Promise<HttpStream> =>
      http.stream({
        method: 'GET',
        url: urlOf(path),
        idempotent: true,
        headers:
          offset > 0 ? { range: `bytes=${offset}-`, ...(etag?.startsWith('"') ? { 'if-range': etag } : {}) } : {},
        lasting,
      });
    // A server whose files lie in S3 says 500 for a missing one: the list tells which it is.
    let answer = await ask((status, text) => status === 500 || notServing(status, text));
    if (answer.status === 500) {
      await beginning(answer);
      const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      const there = (await list(parent)).some((entry) => entry.path === path && !entry.isDirectory);
      if (!there) throw new MlctlError('ARTIFACT_NOT_FOUND', `${what}: there is no such file`, {});
      answer = await ask(notServing);
    }
    if (answer.status === 416) answer.discard();
    if (answer.status === 416) return { body: (async function* () {})(), size: null, etag: null };
    if (answer.status !== 200 && answer.status !== 206) {
      const refusal = refusalOf({ status: answer.status, body: await beginning(answer) });
      if (onlyDirect(refusal)) {
        mustGoDirect = true;
        return open(path, offset, etag);
      }
      throw refused(what, refusal);
    }
    return {
      body: answer.status === 200 && offset > 0 ? skipping(answer.body, offset) : answer.body,
      size: sizeOfWhole(answer.headers, answer.status === 200 ? 0 : offset),
      etag: answer.headers.get('etag') ?? null,
      discard: answer.discard,
    };
  }

  async function open(path: string, offset: number, etag: string | null): Promise<Opened> {
    if (mustGoDirect) {
      const opened = await direct.download(path, offset);
      if (opened === null)
        throw new MlctlError('ARTIFACT_NOT_FOUND', `read ${printable(path, 120)}: there is no such file`);
      return opened;
    }
    if (await info.downloadsDirect(sizes.get(path) ?? 0)) {
      const opened = await direct.download(path, offset).catch((error: unknown) => {
        if (world.signal.aborted) throw error;
        // A storage that only the server can reach: the long way round still leads there.
        world.note(`${(error as Error).message}; reading through the server instead`);
        return null;
      });
      if (opened !== null) return opened;
      info.noMoreDirect();
    }
    return throughProxy(path, offset, etag);
  }

  async function write(path: string, source: ArtifactSource, sent: (bytes: number) => void = () => {}): Promise<void> {
    const what = `write ${printable(path, 120)}`;
    // The server decodes a path until nothing changes, so the file would lie there under another name (seen with 3.17).
    if (/%[0-9a-f]{2}/i.test(path)) {
      throw new MlctlError(
        'PATH_REFUSED',
        `${what}: MLflow's artifact proxy would read the % and the two digits after it as another character`,
        { hint: 'rename the file' },
      );
    }
    const url = urlOf(path);
    const slash = path.lastIndexOf('/');
    const sendDirectly = (file: string): Promise<boolean> =>
      direct.upload(slash < 0 ? '' : path.slice(0, slash), path.slice(slash + 1), file, sent);
    const size = 'bytes' in source ? source.bytes.byteLength : (await stat(source.file)).size;
    if (
      'file' in source &&
      (mustGoDirect || (await info.uploadsDirect(source.inParts === true ? Number.MAX_SAFE_INTEGER : size)))
    ) {
      const went = await sendDirectly(source.file).catch((error: unknown) => {
        if (
          world.signal.aborted ||
          mustGoDirect ||
          !(error instanceof MlctlError) ||
          error.code !== 'REMOTE_UNREACHABLE'
        )
          throw error;
        world.note(`${error.message}; sending through the server instead`);
        return false;
      });
      if (went) return source.wentInParts?.();
    }
    const response = await http.send({
      method: 'PUT',
      url,
      idempotent: true,
      headers: { 'content-type': 'application/octet-stream' },
      lasting: notServing,
      ...('bytes' in source
        ? { body: source.bytes }
        : { stream: { length: size, open: () => exactly(source.file, size, sent) } }),
    });
    if (response.status === 200) {
      if ('bytes' in source) sent(size);
      return;
    }
    const refusal = refusalOf(response);
    if (!onlyDirect(refusal) || mustGoDirect) throw refused(what, refusal);
    mustGoDirect = true;
    await info.withFile(source, async (file) => {
      if (!(await sendDirectly(file))) throw refused(what, refusal);
    });
  }

  return {
    scheme: 'mlflow-artifacts',
    uri: redactUri(location),
    localRoot: null,
    list,
    read: (path, options) =>
      readResuming(path, options?.offset ?? 0, (offset, etag) => open(path, offset, etag), world.signal),
    write,
    async remove(path) {
      const response = await http.send({ method: 'DELETE', url: urlOf(path), idempotent: true, lasting: notServing });
      if (response.status !== 200 && response.status !== 404)
        throw refused(`remove ${printable(path, 120)}`, refusalOf(response));
    },
  };
}

/** As many bytes as were promised: a file that grows meanwhile must not run into the next request. */
async function* exactly(file: string, size: number, told: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  if (size === 0) return;
  let sent = 0;
  for await (const chunk of createReadStream(file, { end: size - 1, highWaterMark: 256 * 1024 })) {
    sent += (chunk as Uint8Array).byteLength;
    told((chunk as Uint8Array).byteLength);
    yield chunk as Uint8Array;
  }
  if (sent !== size)
    throw new MlctlError('FILE_UNREADABLE', `"${printable(file)}" became shorter while it was sent`, {
      hint: 'run the command again when nothing writes to it',
    });
}
