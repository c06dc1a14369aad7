// The flags of `mlctl serve`, and the request that they and the settings become.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { MlctlError } from '../../errors/error.js';
import type { ErrorDetail } from '../../scoring/types.js';
import type { ServeRequest } from '../../serve/serve-request.js';
import { readSetting } from '../../settings/read-setting.js';
import { printable } from '../../text/printable.js';
import type { World } from '../../world.js';
import type { Given, OptionFacts } from '../command.js';
import { storeOptions } from '../defined.js';
import { list, numberOf, oneOf, wholeOf } from '../values.js';

const DEFAULTS = { host: '127.0.0.1', port: 5000, reloadSeconds: 30, workers: 1, maxBody: 16 * 2 ** 20 };
const DETAILS = ['full', 'names', 'none'] as const satisfies readonly ErrorDetail[];
/** A shorter one can be guessed. */
const SHORTEST_TOKEN = 16;

export const SERVE_OPTIONS: readonly OptionFacts[] = [
  {
    flags: '--host <host>',
    meaning: `Address to listen on (default ${DEFAULTS.host}); any other than this machine's own needs a token.`,
  },
  {
    flags: '--port <port>',
    meaning: `Port to listen on (default ${DEFAULTS.port}); 0: any that is free.`,
    parse: wholeOf('--port', 0, 65_535),
  },
  {
    flags: '--token-file <file>',
    meaning: 'File with the token that every request must bring; or set MLCTL_SERVE_TOKEN.',
  },
  { flags: '--allow-host <name>', meaning: 'Also answer requests for this host name; may be repeated.', parse: list },
  {
    flags: '--reload-interval <seconds>',
    meaning: `How often to look at stages and aliases (default ${DEFAULTS.reloadSeconds}); 0: only when POST /-/reload asks.`,
    parse: numberOf('--reload-interval', { above: -1e-9, most: 86_400 }),
  },
  {
    flags: '--workers <n>',
    meaning: `Processes for a model that mlctl does not know, each answering one request at a time (default ${DEFAULTS.workers}).`,
    parse: wholeOf('--workers', 1, 64),
  },
  {
    flags: '--max-body <size>',
    meaning: 'Largest body that is read, as 500k, 16m or 1g (default 16m).',
    parse: sizeOf('--max-body'),
  },
  {
    flags: '--error-detail <level>',
    meaning: 'What a refusal repeats of the request: full (default), names of columns, or none.',
    choices: DETAILS,
    parse: oneOf('--error-detail', DETAILS),
  },
  { flags: '--metrics', meaning: 'Answer GET /metrics for Prometheus (default).' },
  { flags: '--no-metrics', meaning: 'Do not answer GET /metrics.' },
  { flags: '--access-log [file]', meaning: 'Write one line of JSON for each request to this file, or to stdout.' },
  { flags: '--tls-cert <file>', meaning: 'Certificate to serve HTTPS with (PEM), with its chain.' },
  { flags: '--tls-key <file>', meaning: 'Its private key (PEM).' },
  { flags: '--allow-load', meaning: 'Let clients unload the models and load them again.' },
  { flags: '--check', meaning: 'Start, ask each model over HTTP for its input example, and exit.' },
];

/** Bytes: `500k`, `16m`, `1g`, or a number. */
function sizeOf(option: string) {
  const powers: Readonly<Record<string, number>> = { '': 0, k: 10, m: 20, g: 30 };
  return (text: string): number => {
    const [, digits, unit] = /^(\d{1,12})([kmg]?)$/i.exec(text.trim()) ?? [];
    const size = digits === undefined ? 0 : Number(digits) * 2 ** powers[unit!.toLowerCase()]!;
    if (size >= 1 && size <= 2 ** 31) return size;
    throw new MlctlError('USAGE', `${option} needs a size of up to 2g, found ${JSON.stringify(printable(text, 40))}`, {
      hint: `${option} 16m`,
    });
  };
}

export function serveRequest(world: World, { args, flags, settings }: Given): ServeRequest {
  const text = (name: string) => flags[name] as string | undefined;
  const isCheck = flags.check === true;
  const host = text('host') ?? DEFAULTS.host;
  const token = tokenOf(world, text('tokenFile'));
  if (token === null && !isLoopback(host) && !isCheck)
    throw new MlctlError(
      'USAGE',
      `--host ${printable(host, 120)} can be reached from other machines, but no token is set`,
      {
        hint: 'openssl rand -hex 32 > token, then add --token-file token',
      },
    );
  const allowed = (flags.allowHost as string[] | undefined) ?? [];
  return {
    models: args.length === 0 ? [{}] : args.map((arg) => namedModel(arg!)),
    stores: storeOptions(settings),
    host,
    port: (flags.port as number | undefined) ?? (isCheck ? 0 : DEFAULTS.port),
    schema: settings.mode,
    errorDetail: (flags.errorDetail as ErrorDetail | undefined) ?? 'full',
    maxBodyBytes: (flags.maxBody as number | undefined) ?? DEFAULTS.maxBody,
    reloadIntervalMs: ((flags.reloadInterval as number | undefined) ?? DEFAULTS.reloadSeconds) * 1000,
    timeoutMs: readSetting(world.env, 'MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT') * 1000,
    workers: (flags.workers as number | undefined) ?? DEFAULTS.workers,
    allowLoad: flags.allowLoad === true,
    token,
    hosts: hostsOf(host, allowed),
    webhookSecret: readSetting(world.env, 'MLCTL_WEBHOOK_SECRET') ?? null,
    tls: tlsOf(world, text('tlsCert'), text('tlsKey')),
    metrics: flags.metrics !== false,
    accessLog:
      flags.accessLog === undefined
        ? null
        : flags.accessLog === true
          ? '-'
          : resolve(world.cwd, String(flags.accessLog)),
  };
}

/** `name=uri`; a URI may hold `=` itself, but not before its first colon or slash. */
function namedModel(text: string): { readonly name?: string; readonly uri: string } {
  const at = text.search(/[=:/\\]/);
  return at > 0 && text[at] === '=' ? { name: text.slice(0, at), uri: text.slice(at + 1) } : { uri: text };
}

const isLoopback = (host: string): boolean => /^(?:localhost|::1|127(?:\.\d{1,3}){3})$/i.test(host);

/** A page of another site may lead its name here; a server for other machines is guarded by its token. */
function hostsOf(host: string, allowed: readonly string[]): ReadonlySet<string> | null {
  if (!isLoopback(host) && allowed.length === 0) return null;
  const own = ['localhost', '127.0.0.1', '[::1]', host.includes(':') ? `[${host}]` : host];
  return new Set([...own, ...allowed].map((name) => name.toLowerCase()));
}

function tokenOf(world: World, file: string | undefined): string | null {
  const token =
    file === undefined
      ? readSetting(world.env, 'MLCTL_SERVE_TOKEN')
      : readGiven(world, '--token-file', file).toString().trim();
  if (token === undefined) return null;
  if (token.length >= SHORTEST_TOKEN && /^[!-~]+$/.test(token)) return token;
  throw new MlctlError(
    'USAGE',
    `the token is too short or has a blank in it, expected at least ${SHORTEST_TOKEN} printable characters`,
    {
      hint: 'openssl rand -hex 32 > token',
    },
  );
}

function tlsOf(world: World, cert: string | undefined, key: string | undefined): ServeRequest['tls'] {
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined)
    throw new MlctlError('USAGE', `${cert === undefined ? '--tls-cert' : '--tls-key'} is missing`, {
      hint: 'give both --tls-cert and --tls-key',
    });
  return { cert: readGiven(world, '--tls-cert', cert), key: readGiven(world, '--tls-key', key) };
}

function readGiven(world: World, option: string, file: string): Buffer {
  try {
    return readFileSync(resolve(world.cwd, file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new MlctlError(
      code === 'ENOENT' ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE',
      `cannot read "${printable(file, 200)}", which ${option} names (${code})`,
      {
        hint: `check the path after ${option}`,
        cause: error,
      },
    );
  }
}
