// The direct way past MLflow's artifact proxy: parts of large uploads to presigned addresses, downloads from one.
import type { Server } from '../../mlflow-server/open-server.js';
import { readSetting } from '../../settings/read-setting.js';
import type { World } from '../../world.js';
import type { Opened } from '../resuming.js';
import { directCalls } from './direct-calls.js';
import { downloadDirect } from './download-direct.js';
import { uploadDirect } from './upload-direct.js';

export interface ProxyDirect {
  /** False if the server cannot do it; then the upload goes through the proxy. `part` sizes by MLflow's variables. */
  upload(folder: string, name: string, file: string, sent: (bytes: number) => void): Promise<boolean>;
  /** null if the server cannot do it. */
  download(path: string, offset: number): Promise<Opened | null>;
}

export function proxyDirect(world: World, server: Server, rootPath: string): ProxyDirect {
  const calls = directCalls(server, rootPath);
  return {
    async upload(folder, name, file, sent) {
      const partSize = readSetting(world.env, 'MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE');
      return uploadDirect(calls, partSize, folder, name, file, sent);
    },
    download: (path, offset) => downloadDirect(calls, path, offset),
  };
}
