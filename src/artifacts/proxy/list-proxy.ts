// Turns a path into what lies directly below it, as the server's artifact proxy lists it.
import { MlctlError } from '../../errors/error.js';
import { jsonObject } from '../../http/json.js';
import { refusalIn } from '../../mlflow-server/refusal-in.js';
import { printable } from '../../text/printable.js';
import { fileSize } from '../file-size.js';
import type { ArtifactEntry } from '../store.js';
import { notServing, type ProxyRoot } from './proxy-root.js';

const MOST_LIST_BYTES = 64 * 1024 * 1024;

export async function listProxy(root: ProxyRoot, path: string): Promise<readonly ArtifactEntry[]> {
  const what = `list ${printable(path || '/', 120)}`;
  const url = new URL(root.listUrl);
  url.searchParams.set('path', root.below(path));
  const response = await root.server.http.send({
    method: 'GET',
    url,
    idempotent: true,
    maxBytes: MOST_LIST_BYTES,
    lasting: notServing,
  });
  const refusal = refusalIn(what, response);
  if (response.status === 404 && refusal !== null && refusal.errorCode !== '') return [];
  if (refusal !== null) throw root.refused(what, refusal);
  const answer = jsonObject(what, response.body);
  const files = answer === null ? null : (answer['files'] ?? []);
  if (!Array.isArray(files)) throw new MlctlError('REMOTE_REFUSED', `${what}: the answer has no list of files`);
  return files.map((file: unknown) => {
    const { path: name, is_dir, file_size } = (file ?? {}) as Record<string, unknown>;
    if (typeof name !== 'string') throw new MlctlError('REMOTE_REFUSED', `${what}: an entry has no name`);
    const entry = {
      path: path === '' ? name : `${path}/${name}`,
      isDirectory: is_dir === true,
      // An empty file comes without a size.
      size: is_dir === true ? null : (fileSize(`${what}: ${printable(name, 120)}`, file_size) ?? 0),
    };
    if (entry.size !== null) root.sizes.set(entry.path, entry.size);
    return entry;
  });
}
