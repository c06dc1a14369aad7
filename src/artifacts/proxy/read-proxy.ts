// Turns a path into the bytes of its file: through the server's artifact proxy, or directly from its storage if the server offers
// that.
import { MlctlError } from '../../errors/error.js';
import type { HttpStream } from '../../http/types.js';
import { refusalOf } from '../../mlflow-server/refusal.js';
import { printable } from '../../text/printable.js';
import { type Opened, readResuming, sizeOfWhole, skipping } from '../resuming.js';
import { listProxy } from './list-proxy.js';
import { notServing, onlyDirect, type ProxyRoot } from './proxy-root.js';

export const readProxy = (root: ProxyRoot, path: string, offset: number): Promise<AsyncIterable<Uint8Array>> =>
  readResuming(path, offset, (from, etag) => openProxy(root, path, from, etag), root.world.signal);

async function openProxy(root: ProxyRoot, path: string, offset: number, etag: string | null): Promise<Opened> {
  const { world, direct, info } = root;
  if (root.mustGoDirect) {
    const opened = await direct.download(path, offset);
    if (opened === null)
      throw new MlctlError('ARTIFACT_NOT_FOUND', `read ${printable(path, 120)}: there is no such file`);
    return opened;
  }
  if (await info.downloadsDirect(root.sizes.get(path) ?? 0)) {
    const opened = await direct.download(path, offset).catch((error: unknown) => {
      if (world.signal.aborted) throw error;
      // Only the server can reach its storage, so read through the server.
      world.note(`${(error as Error).message}; reading through the server instead`);
      return null;
    });
    if (opened !== null) return opened;
    info.noMoreDirect();
  }
  return throughProxy(root, path, offset, etag);
}

async function throughProxy(root: ProxyRoot, path: string, offset: number, etag: string | null): Promise<Opened> {
  const what = `read ${printable(path, 120)}`;
  const ask = (lasting: (status: number, text: string) => boolean): Promise<HttpStream> =>
    root.server.http.stream({
      method: 'GET',
      url: root.urlOf(path),
      idempotent: true,
      headers: offset > 0 ? { range: `bytes=${offset}-`, ...(etag?.startsWith('"') ? { 'if-range': etag } : {}) } : {},
      lasting,
    });
  // A server with files in S3 answers 500 for a missing one; the list tells whether it is missing.
  let answer = await ask((status, text) => status === 500 || notServing(status, text));
  if (answer.status === 500) {
    await beginning(answer);
    const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const there = (await listProxy(root, parent)).some((entry) => entry.path === path && !entry.isDirectory);
    if (!there) throw new MlctlError('ARTIFACT_NOT_FOUND', `${what}: there is no such file`, {});
    answer = await ask(notServing);
  }
  if (answer.status === 416) answer.discard();
  if (answer.status === 416) return { body: (async function* () {})(), size: null, etag: null };
  if (answer.status !== 200 && answer.status !== 206) {
    const refusal = refusalOf({ status: answer.status, body: await beginning(answer) });
    if (onlyDirect(refusal)) {
      root.mustGoDirect = true;
      return openProxy(root, path, offset, etag);
    }
    throw root.refused(what, refusal);
  }
  return {
    body: answer.status === 200 && offset > 0 ? skipping(answer.body, offset) : answer.body,
    size: sizeOfWhole(answer.headers, answer.status === 200 ? 0 : offset),
    etag: answer.headers.get('etag') ?? null,
    discard: answer.discard,
  };
}

async function beginning(stream: HttpStream): Promise<Uint8Array> {
  try {
    for await (const chunk of stream.body) return chunk.subarray(0, 4096);
    return new Uint8Array();
  } finally {
    stream.discard();
  }
}
