// An artifact location tried out: small files put, listed, read whole and in part, sent in parts, and removed, whatever happens.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localFolderOf, openArtifacts } from '../artifacts/open.js';
import type { ArtifactStore } from '../artifacts/store.js';
import { MlctlError } from '../errors/error.js';
import { printable } from '../uri/printable.js';
import { redactText, redactUri } from '../uri/redact.js';
import type { World } from '../world.js';
import { type Check, passed, skipped, warned } from './doctor-check.js';

type StepName = 'put' | 'list' | 'get' | 'range' | 'multipart' | 'delete';
interface Step {
  readonly step: StepName;
  readonly elapsed_ms: number;
}

const SMALL = 4096;
/** S3's least size of a part is 5 MiB: the smallest file that has two. */
const TWO_PARTS = 5 * 1024 * 1024 + 1024;
/** Time to clean up in, also when the command itself is being stopped. */
const CLEAN_MS = 5000;
/** A name with what breaks clients that do not encode it. */
const NAME = 'pröbe 1.bin';

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const got: Uint8Array[] = [];
  for await (const chunk of chunks) got.push(chunk);
  return Buffer.concat(got);
}

const differs = (what: string, expected: number, found: number): MlctlError =>
  new MlctlError('REMOTE_REFUSED', `${what}: ${expected} bytes were written and other bytes came back (${found})`, {
    hint: 'something between here and the store changes files: ask for the road without proxies',
    details: { expected, found },
  });

async function inParts(store: ArtifactStore, path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mlctl-doctor-'));
  try {
    const file = join(folder, 'parts');
    const sent = Buffer.alloc(TWO_PARTS, 'mlctl ');
    await writeFile(file, sent, { mode: 0o600 });
    await store.write(path, { file, inParts: true });
    const tail = await bytesOf(await store.read(path, { offset: TWO_PARTS - SMALL }));
    if (!tail.equals(sent.subarray(TWO_PARTS - SMALL))) throw differs(`read the end of ${path}`, SMALL, tail.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Walks the steps; what stands in `done` afterwards worked. Throws what the first that fails throws. */
async function walk(store: ArtifactStore, folder: string, done: Step[], clean: () => Promise<void>): Promise<void> {
  const path = `${folder}/${NAME}`;
  const sent = randomBytes(SMALL);
  const step = async (name: StepName, work: () => Promise<void>): Promise<void> => {
    const started = performance.now();
    await work();
    done.push({ step: name, elapsed_ms: Math.round(performance.now() - started) });
  };
  await step('put', () => store.write(path, { bytes: sent }));
  await step('list', async () => {
    const entry = (await store.list(folder)).find((one) => one.path === path);
    if (entry === undefined || (entry.size !== null && entry.size !== SMALL))
      throw new MlctlError('REMOTE_REFUSED', `list ${folder}: the file just written is not in the list as it is`, {
        hint: 'does another server, or a cache, answer lists here?',
      });
  });
  await step('get', async () => {
    const got = await bytesOf(await store.read(path));
    if (!got.equals(sent)) throw differs(`read ${path}`, SMALL, got.length);
  });
  await step('range', async () => {
    const got = await bytesOf(await store.read(path, { offset: 1000 }));
    if (!got.equals(sent.subarray(1000))) throw differs(`read ${path} from byte 1000`, SMALL - 1000, got.length);
  });
  if (store.localRoot === null) await step('multipart', () => inParts(store, `${folder}/parts.bin`));
  await step('delete', clean);
}

/** Servers hand out s3:// places whose endpoint only they know: the settings of a client must name it, too. */
function hintFor(world: World, location: string, error: MlctlError): string | null {
  const hint = error.hint?.replace(/;? *(?:or )?try:? `?mlctl doctor`?/, '') ?? null;
  const named = ['MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'].some((name) => world.env[name]);
  if (!/^s3/i.test(location) || named || hint?.includes('MLFLOW_S3_ENDPOINT_URL')) return hint;
  const endpoint =
    'where the store is not AWS itself, set MLFLOW_S3_ENDPOINT_URL=http://host:9000 here as on the server';
  return hint === null ? endpoint : `${hint}; ${endpoint}`;
}

/** `location` is where new runs put their artifacts; `trackingUri` the server it may lie behind. */
export async function probeArtifacts(world: World, location: string, trackingUri: string | null): Promise<Check> {
  const shown = printable(redactUri(location), 300);
  const local = localFolderOf(location, world.cwd);
  if (local !== null) {
    const there = await stat(local).catch(() => null);
    if (there === null) return skipped(`${shown} does not exist yet; the first run makes it`, { location: shown });
  }
  const notes: string[] = [];
  const listening = { ...world, note: (text: string) => notes.push(text), warn: (text: string) => notes.push(text) };
  const folder = `.mlctl-doctor-${randomBytes(6).toString('hex')}`;
  const done: Step[] = [];
  let wrote = false;
  const clean = async (): Promise<void> => {
    // A world of its own: the one that was stopped reaches nothing any more.
    const own = { ...listening, signal: AbortSignal.any([AbortSignal.timeout(CLEAN_MS)]) };
    const store = await openArtifacts(location, { world: own, trackingUri });
    await store.remove(folder);
    const left = await store.list(folder);
    wrote = left.length > 0;
    if (wrote)
      throw new MlctlError('REMOTE_REFUSED', `remove ${folder}: ${left.length} files are still there`, {
        hint: `delete ${folder} by hand; these keys may write and not delete`,
      });
  };
  const details = () => ({
    location: shown,
    steps: done,
    notes: notes.map((note) => printable(redactText(note), 300)),
  });
  try {
    const store = await openArtifacts(location, { world: listening, trackingUri });
    wrote = true;
    await walk(store, folder, done, clean);
  } catch (error) {
    if (!(error instanceof MlctlError)) throw error;
    const cleaned = wrote
      ? await clean().then(
          () => true,
          () => false,
        )
      : true;
    const failed = (['put', 'list', 'get', 'range', ...(local === null ? ['multipart'] : []), 'delete'] as const)[
      done.length
    ];
    return {
      status: 'fail',
      message: `${shown}: ${failed} failed: ${redactText(error.message)}`,
      hint: hintFor(world, location, error),
      details: { ...details(), failed, code: error.code, left_behind: cleaned ? null : folder },
      exit_code: error.exitCode,
    };
  }
  const words = `${shown}: ${done.map(({ step }) => step).join(', ')} work`;
  // What had to be tried twice, or went the long way round, will do so for every file.
  return notes.length === 0
    ? passed(words, details())
    : warned(`${words}; ${printable(redactText(notes[0] ?? ''), 300)}`, null, details());
}
