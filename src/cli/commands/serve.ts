// `mlctl serve [uri…]`: answers HTTP requests until it is stopped.
import type { World } from '../../world.js';
import type { Command, Given } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { jsonText } from '../json-text.js';
import { wholeOf } from '../values.js';

const DEFAULT_PORT = 5000;
const MEGABYTE = 2 ** 20;

async function serveModels(world: World, { args, flags, settings, terminal }: Given): Promise<void> {
  const { startServer } = await import('../../serve/start-server.js');
  const server = await startServer(world, {
    models: args.length === 0 ? [{}] : args.map((arg) => namedModel(arg!)),
    stores: storeOptions(settings),
    host: (flags.host as string | undefined) ?? '127.0.0.1',
    port: (flags.port as number | undefined) ?? DEFAULT_PORT,
    schema: settings.mode,
    errorDetail: 'full',
    maxBodyBytes: 16 * MEGABYTE,
    reloadIntervalMs: 30_000,
    timeoutMs: 60_000,
  });
  const models = server.models.map(({ name, facts }) =>
    defined({ name, version: facts.version, digest: facts.digest.package }),
  );
  if (settings.json)
    process.stdout.write(`${jsonText({ schema: 'mlctl.serve/1', ok: true, url: server.url, models })}\n`);
  else
    terminal.answer(
      `serving ${server.models.map(({ name, facts }) => named(name, facts.version)).join(', ')} at ${server.url}`,
    );
  await stopped(world.signal);
  await server.stop(0);
}

const named = (name: string, version: number | null): string =>
  version === null ? name : `${name} version ${version}`;

/** `name=uri`; a URI may hold `=` itself, but not before its first colon or slash. */
function namedModel(text: string): { readonly name?: string; readonly uri: string } {
  const at = text.search(/[=:/\\]/);
  return at > 0 && text[at] === '=' ? { name: text.slice(0, at), uri: text.slice(at + 1) } : { uri: text };
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

export const serve: Command = {
  name: 'serve',
  arguments: [
    {
      name: '[uri...]',
      meaning: 'The models, each a URI or NAME=URI. Default: MODEL_URI, else the newest finished run that has a model.',
    },
  ],
  options: [
    { flags: '--host <host>', meaning: 'Address to listen on (default 127.0.0.1).' },
    {
      flags: '--port <port>',
      meaning: `Port to listen on (default ${DEFAULT_PORT}); 0: any that is free.`,
      parse: wholeOf('--port', 0, 65_535),
    },
  ],
  examples: [{ does: 'serve what champion points to, now and later', line: 'mlctl serve models:/iris_clf@champion' }],
  exits: [2, 3, 4, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI', 'MLCTL_SCHEMA'],
  deadline: false,
  doing: '',
  run: async (world, given) => {
    await serveModels(world, given);
    return { document: {}, text: () => '', exit: 0, written: true };
  },
};
