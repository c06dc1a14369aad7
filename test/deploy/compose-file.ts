// docker-compose.yml as the real Docker Compose resolves it, and its services run as plain processes on ports that are free here.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { openSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ROOT } from '../support/paths.js';
import { type PythonEnvironment, pythonOf } from '../support/python.js';

export interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly { readonly host_ip?: string; readonly target: number; readonly published: string }[];
  readonly mem_limit?: string;
  readonly logging?: { readonly options?: Readonly<Record<string, string>> };
  readonly volumes?: readonly { readonly type: string; readonly target: string }[];
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Docker Compose itself; `config` needs no engine. */
export function compose(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran | { skip: string } {
  const found = pythonOf('compose' satisfies PythonEnvironment);
  if ('skip' in found) return found;
  // The binary itself: the package's wrapper forgets its exit code.
  const packages = join(dirname(found.python), '..', 'lib');
  const python = readdirSync(packages).find((name) => name.startsWith('python')) ?? '';
  const binary = join(packages, python, 'site-packages', 'compose', 'docker-compose');
  // Nothing of this machine's settings fills the file's variables.
  return spawnSync(binary, args, {
    encoding: 'utf8',
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
  });
}

/** What the file's names, ports and paths are on this machine: each text is replaced wherever it stands. */
export type Places = readonly (readonly [name: RegExp, here: string])[];

const mapped = (places: Places, text: string): string =>
  places.reduce((done, [name, here]) => done.replace(name, here), text.replaceAll('$$', '$'));

export interface Runner {
  argv(service: Service): string[];
  env(service: Service): Record<string, string>;
  /** A text of the file with the places of this machine. */
  text(text: string): string;
  /** Runs the service's healthcheck once. */
  health(service: Service): Ran;
  /** Runs the service to its end. */
  once(service: Service): Ran;
  /** Starts the service and waits until its own healthcheck says yes. */
  up(service: Service, cwd: string): Promise<ChildProcess>;
}

export function runnerOf(places: Places, path: string): Runner {
  const env = (service: Service): Record<string, string> => ({
    PATH: path,
    HOME: process.env['HOME'] ?? '/',
    ...Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([name, text]) => [name, mapped(places, text)]),
    ),
  });
  const argv = (service: Service) =>
    [...(service.entrypoint ?? []), ...(service.command ?? [])].map((text) => mapped(places, text));
  const run = (service: Service, [command = '', ...args]: readonly string[]): Ran =>
    spawnSync(command, args, { encoding: 'utf8', env: env(service), timeout: 60_000 });
  const health = (service: Service): Ran => {
    const [kind, ...test] = (service.healthcheck?.test ?? []).map((text) => mapped(places, text));
    return run(service, kind === 'CMD-SHELL' ? ['sh', '-c', test[0] ?? ''] : test);
  };
  return {
    argv,
    env,
    text: (text) => mapped(places, text),
    health,
    once: (service) => run(service, argv(service)),
    async up(service, cwd) {
      const [command = '', ...args] = argv(service);
      // A file: a pipe that nobody empties while a test waits would stop the server.
      const place = join(cwd, `${basename(command)}.log`);
      const log = openSync(place, 'a');
      const child = spawn(command, args, { cwd, env: env(service), detached: true, stdio: ['ignore', log, log] });
      process.on('exit', () => end(child));
      for (let tries = 0; ; tries += 1) {
        if (child.exitCode !== null || tries > 240)
          throw new Error(`${command} ${args.join(' ')}:\n${readFileSync(place, 'utf8').slice(-4000)}`);
        await new Promise((resolve) => setTimeout(resolve, 500));
        if (health(service).status === 0) return child;
      }
    },
  };
}

/** The process and all its children. */
export function end(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // gone already
  }
}
