// A real MLServer over one MLflow model, for tests.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, type Server, startServer } from './server.js';

/** `python` of the environment `mlserver`; `folder` takes its settings; `model` is the folder of a package. */
export async function startMlserver(
  python: string,
  folder: string,
  { name, version, model }: Readonly<Record<'name' | 'version' | 'model', string>>,
): Promise<Server> {
  // Its repository is named like the model.
  const repository = join(folder, name);
  mkdirSync(repository, { recursive: true });
  const [http, grpc, metrics] = [await freePort(), await freePort(), await freePort()];
  const write = (file: string, value: unknown) => writeFileSync(join(repository, file), JSON.stringify(value));
  write('settings.json', {
    ...{ host: '127.0.0.1', http_port: http, grpc_port: grpc, metrics_port: metrics },
    ...{ debug: false, parallel_workers: 0 },
  });
  write('model-settings.json', {
    name,
    implementation: 'mlserver_mlflow.MLflowRuntime',
    parameters: { uri: model, version },
  });
  // By its module, because a script names the folder that its environment was made in.
  return startServer(python, ['-c', 'from mlserver.cli import main; main()', 'start', repository], {
    cwd: folder,
    url: `http://127.0.0.1:${http}`,
    healthPath: `/v2/models/${name}/ready`,
    env: { PATH: `${dirname(python)}:${process.env['PATH']}` },
  });
}
