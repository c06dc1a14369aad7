// Turns a model package into an open model in a process of its own. That process is ended at the deadline (onnxruntime cannot
// stop a run), when it takes too much memory, and together with this process. It gets no environment, so a hostile model finds no
// secrets there.
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ERROR_CODES, type ErrorCode } from '../errors/codes.js';
import { MlctlError } from '../errors/error.js';
import { type FromChild, MEMORY_MARK, type OpenInChild, type ToChild } from './child-messages.js';
import { ModelProcess, type ModelProgram, type ProcessLimits, tookTooMuch } from './model-process.js';
import { NO_ROOM, noRoom } from './runtime.js';
import type { OpenGraph } from './types.js';

interface ChildRequest extends ProcessLimits {
  readonly open: OpenInChild;
}

/** A graph in a process of its own. */
interface ChildGraph extends OpenGraph, Pick<ModelProcess<ToChild, FromChild>, 'ended' | 'isEnded'> {}

export async function openInChild({ open, memoryBytes, ...limits }: ChildRequest): Promise<ChildGraph> {
  const { payload, copyFolder: scratch } = open;
  const child = new ModelProcess(startChild(payload, memoryBytes), { payload, scratch, ...limits });
  const ask = async (message: ToChild, doing: string) => {
    const answer = await child.ask(message, doing);
    if (answer.kind === 'failed') throw received(answer);
    return answer;
  };
  try {
    const opened = await ask({ kind: 'open', request: open }, 'opening');
    if (opened.kind !== 'opened') throw child.outOfTurn('opening');
    return {
      inputs: opened.inputs,
      outputs: opened.outputs,
      growsWithRows: () => opened.growsWithRows,
      predict: async (table) => {
        const answer = await ask({ kind: 'predict', table }, 'running');
        if (answer.kind === 'predicted' && answer.table.rows === table.rows) return answer.table;
        throw child.outOfTurn('running');
      },
      close: () => child.close(),
      ended: child.ended,
      isEnded: () => child.isEnded(),
    };
  } catch (error) {
    await child.close();
    throw error;
  }
}

/** The program of the child: beside the bundle, or beside this file if it was only compiled. */
function programFile(): string {
  for (const place of ['./child.js', './inference-child.js', '../inference-child.js']) {
    const path = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(path)) return path;
  }
  throw new MlctlError('BUG', 'inference-child.js is not beside the program', { hint: 'npm run build' });
}

function startChild(payload: string, memoryBytes: number): ModelProgram<ToChild, FromChild> {
  const child = fork(programFile(), [String(memoryBytes)], {
    serialization: 'advanced',
    env: {},
    execArgv: [`--max-old-space-size=${Math.ceil(memoryBytes / 2 ** 20)}`, '--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    if (stderr.length < 4096) stderr += chunk.toString('utf8');
  });
  return {
    child,
    send: (message) => {
      // A broken channel shows as the end of the process, which gives a better reason.
      child.send(message, () => {});
    },
    onMessage: (listener) => child.on('message', listener),
    kill: () => child.kill('SIGKILL'),
    hold: (isBusy) => {
      const what = isBusy ? 'ref' : 'unref';
      child[what]();
      child.channel?.[what]();
      (child.stderr as Socket | null)?.[what]();
    },
    crash: (how) => crash(payload, memoryBytes, how, stderr),
  };
}

function crash(payload: string, memoryBytes: number, how: string, stderr: string): MlctlError {
  if (stderr.includes(MEMORY_MARK) || stderr.includes('heap out of memory')) return tookTooMuch(payload, memoryBytes);
  // V8 says this when it starts, before any model is read.
  if (NO_ROOM.test(stderr)) return noRoom(stderr.slice(0, 500).trim());
  return new MlctlError('MODEL_CRASHED', `running ${payload}: the process that ran it died (${how})`, {
    hint: 'do not trust this model: it brought ONNX Runtime down',
    details: { ended_by: how, stderr: stderr.slice(0, 500) },
  });
}

/** An error from the child; its code is used only if it is one of ours. */
function received({ code, message, hint, details }: Extract<FromChild, { kind: 'failed' }>): MlctlError {
  const known = Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'MODEL_CRASHED';
  return new MlctlError(known, message, { ...(hint !== undefined && { hint }), details });
}
