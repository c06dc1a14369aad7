// Turns the name of an interpreter into a process that runs a model through MLflow, in a group of its own that is ended as a whole.
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import type { ModelProgram } from '../model-process.js';
import type { RunInPython } from '../types.js';
import { PYTHON_PROGRAM } from './python-program.js';
import { type PythonAnswer, readAnswer } from './read-answer.js';

/** What the model prints is shown up to here. */
const MOST_LINES = 50;
const LONGEST_LINE = 500;
/** Of one answer. */
const MOST_BYTES = 128 * 2 ** 20;

interface StartFacts {
  readonly engine: RunInPython;
  /** The package, as it was verified. */
  readonly folder: string;
  readonly scratch: string;
  readonly memoryBytes: number;
}

/** A request is a line of JSON; null if it answers by itself, as it does when it has opened the model. */
export function startPython(facts: StartFacts): ModelProgram<string | null, PythonAnswer> {
  const { engine, folder, scratch, memoryBytes } = facts;
  const child = spawn(engine.command, ['-c', PYTHON_PROGRAM, folder, String(memoryBytes), String(MOST_BYTES)], {
    cwd: scratch,
    env: { ...engine.environment, ...environmentIn(scratch) },
    stdio: 'pipe',
    // A group of its own; Ctrl-C in the terminal reaches mlctl, which ends the group.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  // A broken pipe shows as the end of the process, which gives a better reason.
  child.stdin.on('error', () => {});
  const last = showLines(child.stderr, engine.note);
  const kill = () => {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of the group have ended.
    }
  };
  return {
    child,
    send: (line) => {
      if (line !== null) child.stdin.write(`${line}\n`);
    },
    onMessage: (listener) => {
      readLines(child.stdout, (line) => listener(line === null ? { kind: 'unreadable' } : readAnswer(line)));
    },
    kill,
    hold: (isBusy) => {
      const what = isBusy ? 'ref' : 'unref';
      child[what]();
      for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Partial<Socket>)[what]?.();
    },
    crash: (how) => (child.pid === undefined ? notFound(engine.command, how) : died(how, last())),
  };
}

/** MLflow contacts no server, and what the model writes to its folder goes with the scratch folder. */
const environmentIn = (scratch: string): Record<string, string> => ({
  MLFLOW_TRACKING_URI: `sqlite:///${scratch}/mlflow.db`,
  MLFLOW_REGISTRY_URI: `sqlite:///${scratch}/mlflow.db`,
  MLFLOW_DISABLE_TELEMETRY: 'true',
  DO_NOT_TRACK: 'true',
  PYTHONUNBUFFERED: '1',
  PYTHONUTF8: '1',
  PYTHONDONTWRITEBYTECODE: '1',
});

/** Null for a line that is too long. */
function readLines(stream: NodeJS.ReadableStream, onLine: (line: Uint8Array | null) => void): void {
  let parts: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, at)]);
      onLine(size > MOST_BYTES ? null : line);
      [parts, size, from] = [[], 0, at + 1];
    }
    size += chunk.length - from;
    if (size > MOST_BYTES) parts = [];
    else parts.push(chunk.subarray(from));
  });
}

/** Shows the lines that the model prints; gives the last ones. */
function showLines(stream: NodeJS.ReadableStream, note: (text: string) => void): () => string {
  let [rest, tail, count] = ['', '', 0];
  stream.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4096);
    if (count > MOST_LINES) return;
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    for (const line of lines) {
      if (line.trim() === '') continue;
      count += 1;
      if (count <= MOST_LINES) note(`python: ${printable(line.trimEnd(), LONGEST_LINE)}`);
      else return note('python: the model printed more, which is left out');
    }
  });
  return () => tail;
}

function notFound(command: string, reason: string): MlctlError {
  const shown = printable(command, 200);
  const isNamed = /[\\/]/.test(command);
  return new MlctlError(
    'RUNTIME_MISSING',
    `opening the model in Python: ${isNamed ? `${shown} cannot be started` : `there is no ${shown} on the PATH that can be started`}`,
    {
      hint: `install Python with MLflow, or name its interpreter with --python`,
      details: { python: shown, reason: printable(reason, 300) },
    },
  );
}

function died(how: string, stderr: string): MlctlError {
  const lines = stderr.trim().split('\n').slice(-10);
  return new MlctlError('MODEL_CRASHED', `running the model in Python: the process that ran it died (${how})`, {
    hint: 'run the model in Python itself to see why, or do not trust it',
    details: { ended_by: how, stderr: printable(lines.join('\n'), 1000) },
  });
}
