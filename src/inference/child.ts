// The process that an untrusted model runs in: it opens the model and answers tables, one message at a time, until the parent
// ends it.
import { MlctlError } from '../errors/error.js';
import type { FromChild, ToChild } from './child-messages.js';
import { openInProcess } from './open-in-process.js';
import { tableBytes } from './table-bytes.js';
import type { OpenGraph } from './types.js';
import { watchMemory } from './watch-memory.js';

const memory = watchMemory(Number(process.argv[2]));
let model: OpenGraph | undefined;
let turn: Promise<void> = Promise.resolve();

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToChild) => {
  turn = turn.then(() => answer(message)).then(send, (error) => send(failure(error)));
});

async function answer(message: ToChild): Promise<FromChild> {
  if (message.kind === 'open') {
    const { files, ...request } = message.request;
    model = await openInProcess({ ...request, digest: { files, bytes: new Map() }, trusted: false, manyCalls: false });
    const { inputs, outputs } = model;
    // The file was read, decoded and copied by the runtime. Without this, its bytes would stay until a next collection, which a
    // process that waits may never see.
    if (files.some(({ size }) => size > 2 ** 20)) (globalThis as { gc?: () => void }).gc?.();
    return { kind: 'opened', inputs, outputs, growsWithRows: model.growsWithRows() };
  }
  memory.allow(tableBytes(message.table) * 8);
  if (!model) throw new Error('no model is open');
  return { kind: 'predicted', table: await model.predict(message.table) };
}

function failure(error: unknown): FromChild {
  if (error instanceof MlctlError) {
    return { kind: 'failed', code: error.code, message: error.message, hint: error.hint, details: error.details };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', code: 'BUG', message: `running the model: ${message}`, hint: undefined, details: {} };
}

function send(message: FromChild): void {
  process.send?.(message);
}
