// Turns an audit into a folder that holds all it rests on, so that it can be judged again where there is no server.
import { join, resolve } from 'node:path';
import type { Gathered } from '../checks/gather-facts.js';
import type { AuditBundleDocument, AuditLineDocument } from '../documents/audit.js';
import { digestOfList, sha256 } from '../files/digest-folder.js';
import { type FolderFile, writeFolderAtomically } from '../files/write-folder-atomically.js';
import { SIGNATURE_FILES } from '../signing/signature-names.js';
import type { SignatureFiles } from '../signing/types.js';
import type { World } from '../world.js';
import { BOM_FILE, formatBom } from './bill-of-materials.js';
import { RECORD_FILE } from './is-bundle.js';
import { formatRecord } from './record.js';

export const MODEL_FOLDER = 'model';
export const RUN_FOLDER = 'run';
/** As `sha256sum` writes and checks it. */
export const SUMS_FILE = 'SHA256SUMS';

interface BundleParts {
  readonly gathered: Gathered;
  readonly lines: readonly AuditLineDocument[];
  /** When the stores were asked. */
  readonly audited: string;
  /** The artifacts of the run that were read, by path. */
  readonly runFiles: ReadonlyMap<string, Uint8Array>;
}

/** The files of the package; with MLflow's note in it if that is why it was refused. */
function modelFiles({ found, digest }: Gathered, isRefused: boolean): [string, FolderFile][] {
  if (digest === null) return [];
  const { files, bytes, note } = digest;
  return [...files, ...(isRefused && note !== null ? [note.file] : [])].map(({ path, sha256 }) => [
    `${MODEL_FOLDER}/${path}`,
    bytes.get(path) ?? { file: join(found.found?.folder ?? '', path), sha256 },
  ]);
}

function signatureFiles(signature: SignatureFiles): [string, FolderFile][] {
  return (Object.keys(SIGNATURE_FILES) as (keyof SignatureFiles)[]).flatMap((part): [string, FolderFile][] => {
    const bytes = signature[part];
    return bytes === null ? [] : [[SIGNATURE_FILES[part], bytes]];
  });
}

/** Throws FILE_EXISTS, FILE_WRITE_FAILED. */
export async function writeBundle(world: World, target: string, parts: BundleParts): Promise<AuditBundleDocument> {
  const { gathered, lines, audited, runFiles } = parts;
  const { facts, found, signature } = gathered;
  const files = new Map<string, FolderFile>([
    ...modelFiles(
      gathered,
      lines.some(({ id, ok }) => id === 'bytes' && !ok),
    ),
    ...[...runFiles].map(([path, bytes]): [string, FolderFile] => [`${RUN_FOLDER}/${path}`, bytes]),
    ...signatureFiles(signature),
    [RECORD_FILE, Buffer.from(formatRecord(facts, lines, audited))],
    [BOM_FILE, Buffer.from(await formatBom(facts, found))],
  ]);
  const sums = [...files].map(([path, file]) => ({
    path,
    sha256: file instanceof Uint8Array ? sha256(file) : file.sha256!,
  }));
  sums.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const text = sums.map((one) => `${one.sha256}  ${one.path}\n`).join('');
  const path = resolve(world.cwd, target);
  await writeFolderAtomically(path, files.set(SUMS_FILE, Buffer.from(text)), { signal: world.signal });
  return { path, digest: digestOfList(sums), files: [...files.keys()].sort(), problems: [] };
}
