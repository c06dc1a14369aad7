// Turns a file or bytes into an artifact behind a server: through its proxy, or in parts directly to its storage.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { MlctlError } from '../../errors/error.js';
import { refusalIn } from '../../mlflow-server/refusal-in.js';
import { printable } from '../../text/printable.js';
import type { ArtifactSource } from '../store.js';
import { notServing, onlyDirect, type ProxyRoot } from './proxy-root.js';

export async function writeProxy(
  root: ProxyRoot,
  path: string,
  source: ArtifactSource,
  sent: (bytes: number) => void,
): Promise<void> {
  const { world, direct, info } = root;
  const what = `write ${printable(path, 120)}`;
  // The server decodes a path until nothing changes, so the file would get another name (seen with 3.17).
  if (/%[0-9a-f]{2}/i.test(path)) {
    throw new MlctlError(
      'PATH_REFUSED',
      `${what}: MLflow's artifact proxy would read the % and the two digits after it as another character`,
      { hint: 'rename the file' },
    );
  }
  const url = root.urlOf(path);
  const slash = path.lastIndexOf('/');
  const sendDirectly = (file: string): Promise<boolean> =>
    direct.upload(slash < 0 ? '' : path.slice(0, slash), path.slice(slash + 1), file, sent);
  const size = 'bytes' in source ? source.bytes.byteLength : (await stat(source.file)).size;
  if (
    root.mustGoDirect ||
    ('file' in source && (await info.uploadsDirect(source.inParts === true ? Number.MAX_SAFE_INTEGER : size)))
  ) {
    const went = await info.withFile(source, sendDirectly).catch((error: unknown) => {
      if (
        world.signal.aborted ||
        root.mustGoDirect ||
        !(error instanceof MlctlError) ||
        error.code !== 'REMOTE_UNREACHABLE'
      )
        throw error;
      world.note(`${error.message}; sending through the server instead`);
      return false;
    });
    if (went) return 'file' in source ? source.wentInParts?.() : undefined;
  }
  const response = await root.server.http.send({
    method: 'PUT',
    url,
    idempotent: true,
    headers: { 'content-type': 'application/octet-stream' },
    lasting: notServing,
    ...('bytes' in source
      ? { body: source.bytes }
      : { stream: { length: size, open: () => exactly(source.file, size, sent) } }),
  });
  const refusal = refusalIn(what, response);
  if (refusal === null) {
    if ('bytes' in source) sent(size);
    return;
  }
  if (!onlyDirect(refusal)) throw root.refused(what, refusal);
  // Another file, sent at the same time, may have been told so before.
  root.mustGoDirect = true;
  if (!(await info.withFile(source, sendDirectly))) throw root.refused(what, refusal);
}

/** As many bytes as were announced: if a file grows meanwhile, the rest must not run into the next request. */
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
