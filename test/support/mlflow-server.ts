// A real MLflow server over SQLite and a folder, for tests.
import { dirname, join } from 'node:path';
import { freePort, type Server, startServer } from './server.js';

export interface MlflowOptions {
  /** Arguments in place of `--artifacts-destination FOLDER/art`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Tells where the server listens other than by its plain address (TLS, a path). */
  readonly port?: number;
}

/** `python` of a Python environment that has MLflow; `folder` takes its database and artifacts. */
export async function startMlflow(python: string, folder: string, options: MlflowOptions = {}): Promise<Server> {
  const port = options.port ?? (await freePort());
  return startServer(
    join(dirname(python), 'mlflow'),
    [
      'server',
      ...['--backend-store-uri', `sqlite:///${folder}/server.db`, '--host', '127.0.0.1', '--port', String(port)],
      ...['--workers', '1'],
      ...(options.args ?? ['--artifacts-destination', join(folder, 'art')]),
    ],
    {
      cwd: folder,
      url: `http://127.0.0.1:${port}`,
      healthPath: '/health',
      env: { MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', ...options.env },
    },
  );
}
