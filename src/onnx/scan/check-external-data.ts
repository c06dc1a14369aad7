// Checks external data of a tensor: a plain relative location, known keys once each, and ranges that are inside the file and add
// up. The bug class of CVE-2022-25882, CVE-2024-27318, CVE-2026-34445, CVE-2026-34446 and CVE-2026-34447.
import { EXTERNAL, type TensorProto } from '../graph.js';
import { declaredBytes, typedData } from '../tensor-size.js';
import type { Place } from '../walk-model.js';
import type { Findings } from './findings.js';

const KEYS = ['location', 'offset', 'length', 'checksum'];

/** Bytes read so far, location → sum of the lengths. */
export type ExternalSums = Map<string, bigint>;

export function checkExternalData(tensor: TensorProto, place: Place, sums: ExternalSums, findings: Findings) {
  if (tensor.dataLocation !== EXTERNAL) return;
  const entries = new Map<string, string>();
  for (const { key = '', value = '' } of tensor.externalData ?? []) {
    if (!KEYS.includes(key))
      return findings.hostile('external-key', place, `external_data key ${JSON.stringify(key)}`, KEYS.join(', '));
    if (entries.has(key)) return findings.hostile('external-key', place, `external_data key ${key} twice`, 'once');
    entries.set(key, value);
  }
  if (typedData(tensor).length > 0 || tensor.rawData?.length) {
    findings.hostile('external-data', place, 'data in the file and also external data', 'one of the two');
  }
  const location = entries.get('location');
  const problem = location === undefined ? 'no location' : locationProblem(location);
  if (location === undefined || problem !== null) {
    return findings.hostile(
      'external-location',
      place,
      `location ${JSON.stringify(location ?? '')}: ${problem}`,
      'a plain relative path',
    );
  }
  const expected = declaredBytes(tensor);
  if (expected === null) return findings.hostile('external-data', place, 'text as external data', 'numbers');
  const offset = whole(entries.get('offset') ?? '0');
  const length = whole(entries.get('length') ?? String(expected));
  if (offset === null || length === null) {
    return findings.hostile(
      'external-range',
      place,
      `offset ${entries.get('offset')}, length ${entries.get('length')}`,
      'whole numbers from 0',
    );
  }
  if (length !== expected)
    return findings.hostile('external-range', place, `length ${length}`, `${expected}, as the dimensions say`);
  const { externalFile } = findings.options;
  const file = externalFile ? externalFile(location) : 'external data is not expected here';
  if (file === null) {
    // One finding a file, however many tensors are in it.
    if (!sums.has(location)) findings.missing('external-file', place, location, 'a file beside the model');
    sums.set(location, 0n);
    return;
  }
  if (typeof file === 'string') {
    return findings.hostile(
      'external-file',
      place,
      `location ${JSON.stringify(location)}: ${file}`,
      'a regular file inside the package, without links',
    );
  }
  if (offset + length > BigInt(file.size)) {
    return findings.hostile(
      'external-range',
      place,
      `bytes ${offset} to ${offset + length}`,
      `within the ${file.size} bytes of ${location}`,
    );
  }
  const sum = (sums.get(location) ?? 0n) + length;
  sums.set(location, sum);
  if (sum > BigInt(file.size)) {
    findings.hostile(
      'external-sum',
      place,
      `tensors of ${sum} bytes together`,
      `the ${file.size} bytes of ${location}`,
    );
  }
}

/** Decimal digits only, at most 18: no sign, no point, and no reader can overflow. */
function whole(text: string): bigint | null {
  return /^[0-9]{1,18}$/.test(text) ? BigInt(text) : null;
}

/** Folders separated by `/`, without a way up or anything that a file system or a URL reader could understand differently. */
function locationProblem(location: string): string | null {
  if (location === '') return 'it is empty';
  if (location.length > 1024) return `it has ${location.length} characters`;
  if (/[\u0000-\u001f\u007f]/.test(location)) return 'it holds a control character';
  if (location.includes('\\')) return 'it holds a backslash';
  if (location.includes(':')) return 'it holds a colon (a drive, a stream or a URL)';
  if (location.startsWith('/')) return 'it is absolute';
  if (location.startsWith('~')) return 'it begins with ~';
  if (location.split('/').some((part) => part === '..' || part === '.' || part === ''))
    return 'it has an empty part, "." or ".."';
  return null;
}
