// Turns what the server offers (server-info, asked once and only for large files) and the settings into whether files go past the
// artifact proxy.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeScratch, removeScratch } from '../../files/scratch-folder.js';
import { type JsonMap, jsonObject } from '../../http/json.js';
import type { Server } from '../../mlflow-server/open-server.js';
import { readSetting } from '../../settings/read-setting.js';
import { withoutEnd } from '../../text/without-end.js';
import type { World } from '../../world.js';
import type { ArtifactSource } from '../store.js';

const PROBE_MS = 3000;
const DOWNLOAD_FROM = 64 * 1024 * 1024;

export interface ServerInfo {
  uploadsDirect(size: number): Promise<boolean>;
  downloadsDirect(size: number): Promise<boolean>;
  /** The direct way failed once, so it is not tried again for every file. */
  noMoreDirect(): void;
  /** Parts are sent from files, so bytes are put into a private file while `work` runs. */
  withFile<T>(source: ArtifactSource, work: (file: string) => Promise<T>): Promise<T>;
}

export function openServerInfo(world: World, { http, base }: Server): ServerInfo {
  let known: Promise<JsonMap> | undefined;
  let direct = true;
  const ask = (): Promise<JsonMap> => {
    const url = new URL(`${withoutEnd(base.pathname, '/')}/api/3.0/mlflow/server-info`, base);
    known ??= http
      .send({ method: 'GET', url, idempotent: true, timeoutMs: PROBE_MS, retries: 0, maxBytes: 1 << 20 })
      .then((answer) => (answer.status === 200 ? (jsonObject('server-info', answer.body) ?? {}) : {}))
      .catch(() => ({}));
    return known;
  };
  const { env } = world;
  return {
    async uploadsDirect(size) {
      if (size < readSetting(env, 'MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE')) return false;
      return (
        readSetting(env, 'MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD') ?? (await ask())['multipart_uploads_enabled'] === true
      );
    },
    async downloadsDirect(size) {
      const forced = readSetting(env, 'MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD');
      if (!direct || forced === false) return false;
      return forced ?? (size >= DOWNLOAD_FROM && (await ask())['multipart_downloads_enabled'] === true);
    },
    noMoreDirect: () => {
      direct = false;
    },
    async withFile(source, work) {
      if ('file' in source) return work(source.file);
      const folder = makeScratch();
      try {
        const file = join(folder, 'bytes');
        await writeFile(file, source.bytes, { mode: 0o600 });
        return await work(file);
      } finally {
        removeScratch(folder);
      }
    },
  };
}
