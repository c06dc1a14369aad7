// Tries out an artifact location: writes small files, lists them, reads them in full and in part, uploads in parts, and always removes them.
import { randomBytes } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localFolderOf } from '../../artifacts/open.js';
import type { ArtifactStore } from '../../artifacts/store.js';
import { MlctlError } from '../../errors/error.js';
import { makeScratch, removeScratch } from '../../files/scratch-folder.js';
import { givenAs } from '../../settings/read-setting.js';
import { printable } from '../../text/printable.js';
import { redactText, redactUri } from '../../text/redact.js';
import { monotonicMs, type World } from '../../world.js';
import { type Check, passed, skipped, warned } from '../check.js';
import { cleaningSignal } from './deadline.js';
import { hintOf, knownError } from './failed.js';

/** A large file is sent by `multipart`, or in one piece by `plain` where the store has no parts. */
type StepName = 'put' | 'list' | 'get' | 'range' | 'multipart' | 'plain' | 'delete';
interface Step {
  readonly step: StepName;
  readonly elapsed_ms: number;
}

const SMALL = 4096;
/** S3's least size of a part is 5 MiB: the smallest file that has two. */
const TWO_PARTS = 5 * 1024 * 1024 + 1024;
/** A name that breaks clients that do not encode it. */
const NAME = 'pröbe 1.bin';

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const got: Uint8Array[] = [];
  for await (const chunk of chunks) got.push(chunk);
  return Buffer.concat(got);
}

const differs = (what: string, expected: number, found: number): MlctlError =>
  new MlctlError('REMOTE_REFUSED', `${what}: ${expected} bytes were written, but other bytes came back (${found})`, {
    hint: 'something between this machine and the store changes files: try without the proxy',
    details: { expected, found },
  });

/** Whether parts were sent: some servers, and those on a plain disk, take the file in one piece. */
async function largeFile(store: ArtifactStore, path: string): Promise<'multipart' | 'plain'> {
  const folder = makeScratch();
  try {
    const file = join(folder, 'parts');
    const sent = Buffer.alloc(TWO_PARTS, 'mlctl ');
    await writeFile(file, sent, { mode: 0o600 });
    let went: 'multipart' | 'plain' = 'plain';
    await store.write(path, { file, inParts: true, wentInParts: () => (went = 'multipart') });
    const tail = await bytesOf(await store.read(path, { offset: TWO_PARTS - SMALL }));
    if (!tail.equals(sent.subarray(TWO_PARTS - SMALL))) throw differs(`read the end of ${path}`, SMALL, tail.length);
    return went;
  } finally {
    removeScratch(folder);
  }
}

/** Runs the steps in order and adds each that worked to `done`. Throws the error of the first step that fails. */
async function walk(store: ArtifactStore, folder: string, done: Step[], clean: () => Promise<void>): Promise<void> {
  const path = `${folder}/${NAME}`;
  const sent = randomBytes(SMALL);
  const step = async (name: StepName, work: () => Promise<void>, went = () => name): Promise<void> => {
    const started = monotonicMs();
    await work();
    done.push({ step: went(), elapsed_ms: Math.round(monotonicMs() - started) });
  };
  await step('put', () => store.write(path, { bytes: sent }));
  await step('list', async () => {
    const entry = (await store.list(folder)).find((one) => one.path === path);
    if (entry === undefined || (entry.size !== null && entry.size !== SMALL))
      throw new MlctlError(
        'REMOTE_REFUSED',
        `list ${folder}: the new file is missing from the list, or its size is wrong`,
        {
          hint: 'check whether a cache or another server answers instead of the store',
        },
      );
  });
  await step('get', async () => {
    const got = await bytesOf(await store.read(path));
    if (!got.equals(sent)) throw differs(`read ${path}`, SMALL, got.length);
  });
  await step('range', async () => {
    const got = await bytesOf(await store.read(path, { offset: 1000 }));
    if (!got.equals(sent.subarray(1000))) throw differs(`read ${path} from byte 1000`, SMALL - 1000, got.length);
  });
  if (store.localRoot === null) {
    let way: StepName = 'plain';
    const large = async () => {
      way = await largeFile(store, `${folder}/parts.bin`);
    };
    await step('multipart', large, () => way);
  }
  await step('delete', clean);
}

/** A server can name an s3:// location whose endpoint only the server knows, so this machine must also set the endpoint. */
function hintFor(world: World, location: string, error: MlctlError): string | undefined {
  const hint = hintOf(error);
  const named = givenAs(world.env, 'MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL') !== undefined;
  if (!/^s3/i.test(location) || named || hint?.includes('MLFLOW_S3_ENDPOINT_URL')) return hint;
  const endpoint = 'if the store is not AWS, set MLFLOW_S3_ENDPOINT_URL=http://host:9000 here, as on the server';
  return hint === undefined ? endpoint : `${hint}; ${endpoint}`;
}

const succeeds = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

/** What the store reported: a retry, or a detour through the server. It will happen with every file. */
function hintForNote(note: string): string {
  const [, way] = /(sending|reading) through the server instead$/.exec(note) ?? [];
  if (way === undefined)
    return 'run mlctl doctor again; if this remains, ask the administrator of the store for its log';
  const setting = `MLFLOW_ENABLE_PROXY_MULTIPART_${way === 'sending' ? 'UPLOAD' : 'DOWNLOAD'}=false`;
  return `export ${setting} to go through the server from the start, or let this machine reach the storage`;
}

/** `location` is where new runs put their artifacts; `openIn` opens it in a world of this probe's. */
export async function probeArtifacts(
  world: World,
  location: string,
  openIn: (world: World) => Promise<ArtifactStore>,
): Promise<Check> {
  const shown = printable(redactUri(location), 300);
  const local = localFolderOf(location, world.cwd);
  if (local !== null) {
    const there = await stat(local).catch(() => null);
    if (there === null) return skipped(`${shown} does not exist yet; the first run creates it`, { location: shown });
  }
  const notes: string[] = [];
  let opened = false;
  // Notes at opening are about settings, and other checks report those.
  const hear = (text: string) => void (opened && notes.push(text));
  const listening = { ...world, note: hear, warn: hear };
  const folder = `.mlctl-doctor-${randomBytes(6).toString('hex')}`;
  const done: Step[] = [];
  let wrote = false;
  const clean = async (): Promise<void> => {
    // A separate world, because the one that was stopped cannot reach anything.
    const { signal, release } = cleaningSignal(world);
    const own = { ...listening, signal, warn: () => {} };
    const left = await (async () => {
      const store = await openIn(own);
      await store.remove(folder);
      return await store.list(folder);
    })().finally(release);
    wrote = left.length > 0;
    if (wrote)
      throw new MlctlError('REMOTE_REFUSED', `remove ${folder}: ${left.length} files are still there`, {
        hint: `delete ${folder} by hand; these keys may write but not delete`,
      });
  };
  const details = () => ({
    location: shown,
    steps: done,
    notes: notes.map((note) => printable(redactText(note), 300)),
  });
  try {
    const store = await openIn(listening);
    opened = true;
    wrote = true;
    await walk(store, folder, done, clean);
  } catch (thrown) {
    const error = knownError(thrown);
    const failed = (['put', 'list', 'get', 'range', ...(local === null ? ['multipart'] : []), 'delete'] as const)[
      done.length
    ];
    // Do not try again a clean-up that already ran out of time.
    const mayClean = wrote && !(failed === 'delete' && error.code === 'DEADLINE_PASSED');
    const left = mayClean ? !(await succeeds(clean())) : wrote;
    const hint = hintFor(world, location, error);
    return {
      status: 'fail',
      message: `${shown}: ${failed} failed: ${redactText(error.message)}`,
      ...(hint !== undefined && { hint }),
      details: { ...details(), failed, code: error.code, left_behind: left ? folder : null },
      exit: error.exitCode,
      error: error.code,
      step: failed,
    };
  }
  const steps = done.map(({ step }) => step);
  const whole = steps.includes('plain') ? '; large files are sent in one piece' : '';
  const words = `${shown}: ${steps.filter((step) => step !== 'plain').join(', ')} work${whole}`;
  const [note] = notes;
  return note === undefined
    ? passed(words, details())
    : warned(`${words}; ${printable(redactText(note), 300)}`, hintForNote(note), details());
}
