// Turns answered requests into lines of JSON: who asked what and how it ended, and nothing of what was sent or answered.
import { MlctlError } from '../errors/error.js';
import type { AccessLog } from './types.js';

type Pino = typeof import('pino').default;

/** Lines are written together, at the latest after this time. */
const FLUSH_MS = 500;
const TOGETHER_BYTES = 4096;

/** `place`: a file, or `-` for stdout. */
export async function openAccessLog(pino: Pino, place: string): Promise<AccessLog> {
  const destination = pino.destination({
    dest: place === '-' ? 1 : place,
    sync: false,
    minLength: TOGETHER_BYTES,
    append: true,
  });
  if (place !== '-')
    await new Promise<void>((resolve, reject) => {
      destination.once('ready', resolve);
      destination.once('error', (cause) =>
        reject(new MlctlError('FILE_WRITE_FAILED', `the access log cannot be written: ${cause.message}`, { cause })),
      );
    });
  // A reader of stdout that went away, or a full disk, must not end the server.
  destination.on('error', () => {});
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const timer = setInterval(() => destination.flush(), FLUSH_MS).unref();
  return {
    request: ({ outcome, ...line }) => logger.info({ ...line, ...outcome }),
    close: () =>
      new Promise((resolve) => {
        clearInterval(timer);
        destination.once('close', resolve);
        destination.end();
      }),
  };
}
