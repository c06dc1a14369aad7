// `mlflow-artifacts:` locations: files that travel through the tracking server (mlflow-wire §6).
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { MlctlError } from '../errors/error.js';
import type { HttpClient, HttpResponse } from '../http/types.js';
import { printable } from '../uri/printable.js';
import { redactText, redactUri } from '../uri/redact.js';
import type { ArtifactEntry, ArtifactSource, ArtifactStore } from './store.js';

const MOST_LIST_BYTES = 64 * 1024 * 1024;

/**
 * The root on the server that a location means: `mlflow-artifacts:/1/abc` lives below the tracking server's own address,
 * `mlflow-artifacts://host:port/1/abc` names a host, which must be the tracking server's: credentials go nowhere else.
 */
function rootOf(location: string, base: URL): URL {
  const parsed = new URL(location);
  if (parsed.host !== '' && parsed.host !== base.host) {
    throw new MlctlError(
      'REMOTE_REFUSED',
      `the artifact location ${printable(redactUri(location), 200)} is on another host than the tracking server ${base.host}`,
      {
        hint: 'set MLFLOW_TRACKING_URI to the server that has these artifacts',
      },
    );
  }
  const inner = parsed.pathname.replace(/^\/+|\/+$/g, '');
  return new URL(`${base.pathname.replace(/\/+$/, '')}/api/2.0/mlflow-artifacts/artifacts/${inner}`, base);
}

export function openProxyArtifacts(http: HttpClient, base: URL, location: string): ArtifactStore {
  const root = rootOf(location, base);
  const rootPath = decodeURIComponent(root.pathname.slice(root.pathname.indexOf('/artifacts/') + '/artifacts/'.length));

  /** Every segment encoded once; `#` is refused by the server however it is written (seen with 3.18). */
  function urlOf(path: string): URL {
    if (path.includes('#')) {
      throw new MlctlError('PATH_REFUSED', `${printable(path, 200)}: MLflow's artifact proxy takes no "#" in a name`, {
        hint: 'rename the file',
      });
    }
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    return new URL(`${root.pathname.replace(/\/+$/, '')}${path === '' ? '' : `/${encoded}`}`, base);
  }

  function refusal(what: string, response: HttpResponse | { status: number; body: Uint8Array }): MlctlError {
    const told = printable(
      // backtracking: bounded repeats over at most 2,000 characters
      redactText(
        Buffer.from(response.body.subarray(0, 2000))
          .toString('utf8')
          .replace(/<[^>]{0,500}>/g, ' '),
      ),
      300,
    ).trim();
    if (response.status === 401)
      return new MlctlError('UNAUTHENTICATED', `${what}: the server wants a sign-in`, {
        hint: 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN',
      });
    if (response.status === 403) return new MlctlError('PERMISSION_DENIED', `${what}: ${told}`, {});
    if (response.status === 404) return new MlctlError('ARTIFACT_NOT_FOUND', `${what}: there is no such file`, {});
    const hint =
      response.status === 503
        ? 'the server runs with --no-serve-artifacts: its artifacts must be reached directly'
        : 'run the command again; mlctl doctor probes the artifact store';
    return new MlctlError('REMOTE_REFUSED', `${what}: ${response.status}: ${told}`, {
      hint,
      details: { status: response.status },
    });
  }

  async function list(path: string): Promise<readonly ArtifactEntry[]> {
    const url = new URL(`${base.pathname.replace(/\/+$/, '')}/api/2.0/mlflow-artifacts/artifacts`, base);
    url.searchParams.set('path', path === '' ? rootPath : `${rootPath}/${path}`);
    const response = await http.send({ method: 'GET', url, idempotent: true, maxBytes: MOST_LIST_BYTES });
    if (response.status === 404) return [];
    if (response.status !== 200) throw refusal(`list ${printable(path || '/', 120)}`, response);
    let files: unknown;
    try {
      files = (JSON.parse(Buffer.from(response.body).toString('utf8')) as { files?: unknown }).files ?? [];
    } catch (cause) {
      throw new MlctlError('REMOTE_REFUSED', `list ${printable(path || '/', 120)}: the answer is no JSON`, { cause });
    }
    if (!Array.isArray(files))
      throw new MlctlError('REMOTE_REFUSED', `list ${printable(path || '/', 120)}: the answer has no list of files`);
    return files.map((file: unknown) => {
      const {
        path: name,
        is_dir,
        file_size,
      } = (file ?? {}) as { path?: unknown; is_dir?: unknown; file_size?: unknown };
      if (typeof name !== 'string')
        throw new MlctlError('REMOTE_REFUSED', `list ${printable(path || '/', 120)}: an entry has no name`);
      const size = Number(file_size ?? 0);
      // A file of no bytes comes without a size.
      return {
        path: path === '' ? name : `${path}/${name}`,
        isDirectory: is_dir === true,
        size: is_dir === true || !Number.isSafeInteger(size) ? null : size,
      };
    });
  }

  return {
    scheme: 'mlflow-artifacts',
    uri: redactUri(location),
    localRoot: null,
    list,
    async read(path, options) {
      const offset = options?.offset ?? 0;
      const answer = await http.stream({
        method: 'GET',
        url: urlOf(path),
        idempotent: true,
        ...(offset > 0 ? { headers: { range: `bytes=${offset}-` } } : {}),
      });
      if (answer.status === 200 || answer.status === 206)
        return answer.status === 206 || offset === 0 ? answer.body : skip(answer.body, offset);
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) if (chunks.length < 4) chunks.push(chunk);
      // A server whose files lie in S3 says 500 for a missing one.
      throw refusal(`read ${printable(path, 120)}`, { status: answer.status, body: Buffer.concat(chunks) });
    },
    async write(path: string, source: ArtifactSource) {
      const body =
        'bytes' in source
          ? { body: source.bytes }
          : {
              stream: {
                length: (await stat(source.file)).size,
                open: () => createReadStream(source.file) as AsyncIterable<Uint8Array>,
              },
            };
      const response = await http.send({
        method: 'PUT',
        url: urlOf(path),
        idempotent: true,
        headers: { 'content-type': 'application/octet-stream' },
        ...body,
      });
      if (response.status !== 200) throw refusal(`write ${printable(path, 120)}`, response);
    },
    async remove(path) {
      const response = await http.send({ method: 'DELETE', url: urlOf(path), idempotent: true });
      if (response.status !== 200 && response.status !== 404) throw refusal(`remove ${printable(path, 120)}`, response);
    },
  };
}

/** For servers that do not know ranges. */
async function* skip(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left > 0 ? chunk.subarray(left) : chunk;
      left = 0;
    }
  }
}
