// Turns the streams that a caller gives into those that `-` means; without them, `-` is refused.
import { Readable, Writable } from 'node:stream';
import { MlctlError } from '../errors/error.js';
import type { Streams } from '../rows/streams.js';
import type { WorldOptions } from './types.js';

/** What `-` means as an input and as an output. */
export type StreamOptions = WorldOptions & Partial<Streams>;

interface Places {
  readonly input: string;
  readonly output?: string;
}

export function streamsOf({ stdin, stdout }: StreamOptions, { input, output }: Places): Streams {
  if (input === '-' && stdin === undefined) throw missing('stdin');
  if (output === '-' && stdout === undefined) throw missing('stdout');
  return { stdin: stdin ?? Readable.from([]), stdout: stdout ?? new Writable() };
}

const missing = (name: keyof Streams): MlctlError =>
  new MlctlError('USAGE', `"-" means a stream, but the options have no ${name}`, {
    hint: `give { ${name}: process.${name} } as options, or name a file`,
  });
