// `mlctl serve [uri…]`: answers HTTP requests until it is stopped.
import type { World } from '../../world.js';
import type { Answer, Command, Given } from '../command.js';
import { SERVE_OPTIONS, serveRequest } from '../flags/serve-options.js';
import { jsonText } from '../json-text.js';
import { mark } from '../style.js';

/** Whoever sends SIGTERM also tells the load balancer, which needs a moment to look away. */
const GRACE_MS = 500;

export const serve: Command = {
  name: 'serve',
  arguments: [
    {
      name: '[uri...]',
      meaning: 'The models, each a URI or NAME=URI. Default: MODEL_URI, else the newest finished run that has a model.',
    },
  ],
  options: SERVE_OPTIONS,
  examples: [
    { does: 'serve what champion points to, now and later', line: 'mlctl serve models:/iris_clf@champion' },
    {
      does: 'several models, for other machines, with a token',
      line: 'mlctl serve iris=models:/iris_clf@champion fee=models:/fee@champion --host 0.0.0.0 --token-file token',
    },
    {
      does: 'in the place of mlflow models serve, to the byte',
      line: 'mlctl serve models:/iris_clf/1 --schema mlflow',
    },
    { does: 'can it be served? (exit code 0: yes)', line: 'mlctl serve models:/iris_clf@champion --check' },
  ],
  exits: [1, 3, 4, 6, 7],
  environment: [
    'MODEL_URI',
    'MLFLOW_TRACKING_URI',
    'MLFLOW_REGISTRY_URI',
    'MLCTL_SCHEMA',
    'MLCTL_SERVE_TOKEN',
    'MLCTL_WEBHOOK_SECRET',
    'MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT',
  ],
  deadline: true,
  staysUp: true,
  doing: '',
  run: async (world, given) => {
    const request = serveRequest(world, given);
    const { startServer } = await import('../../serve/start-server.js');
    const server = await startServer(world, request);
    if (given.flags.check === true) {
      const { checkServer } = await import('../../serve/check-server.js');
      const checks = await checkServer(server, request).finally(() => server.stop(0));
      return checkAnswer(checks);
    }
    announce(given, server);
    await stopped(world.signal);
    const byTerminal = (world.signal.reason as { code?: string } | undefined)?.code === 'INTERRUPTED';
    await server.stop(byTerminal ? 0 : GRACE_MS);
    return { document: {}, text: () => '', exit: 0, written: true };
  },
};

type Running = Awaited<ReturnType<typeof import('../../serve/start-server.js').startServer>>;

/** At once, and not when the command ends. */
function announce({ settings, terminal }: Given, { url, models }: Running): void {
  const listed = models.map(({ name, facts }) => ({
    name,
    version: facts?.version ?? null,
    digest: facts?.digest.package ?? null,
  }));
  if (settings.json) process.stdout.write(`${jsonText({ schema: 'mlctl.serve/1', ok: true, url, models: listed })}\n`);
  else {
    const named = listed.map(({ name, version }) => (version === null ? name : `${name} version ${version}`));
    terminal.answer(`serving ${named.join(', ')} at ${url}`);
  }
}

function checkAnswer(checks: Awaited<ReturnType<typeof import('../../serve/check-server.js').checkServer>>): Answer {
  return {
    document: { checks },
    text: (style) => checks.map(({ name, status, message }) => `${mark(style, status)} ${name}: ${message}`).join('\n'),
    exit: checks.some(({ status }) => status === 'fail') ? 1 : 0,
  };
}

const stopped = (signal: World['signal']): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
