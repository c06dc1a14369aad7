// Turns a bundle that was judged again into what does not fit: its digest, its files, its bill of materials, its lines.
import type { AuditFacts } from '../checks/audit-facts.js';
import type { SmokeFacts } from '../checks/smoke-check.js';
import type { AuditLineDocument } from '../documents/audit.js';
import { sha256 } from '../files/digest-folder.js';
import { printable } from '../text/printable.js';
import { VERSION } from '../version.js';
import { BOM_FILE, formatBom } from './bill-of-materials.js';
import type { ReadBundle } from './read-bundle.js';

interface Judged {
  readonly facts: AuditFacts;
  readonly found: SmokeFacts;
  readonly lines: readonly AuditLineDocument[];
}

/** What of a line does not depend on the machine that runs the model. */
const fixedOf = ({ id, verdict, ok, message, hint, evidence }: AuditLineDocument): string =>
  JSON.stringify([id, verdict, ok, id === 'golden' || id === 'rescore' ? '' : message, hint, evidence]);

/** `key`: that of this audit. With another one the line `signature` is another question. */
function lineProblems({ record }: ReadBundle, judged: readonly AuditLineDocument[], key: string | null): string[] {
  const lines = judged.filter(({ id }) => id !== 'signature' || record.key === key);
  const before = new Map(record.lines.map((line) => [line.id, line]));
  const gone = record.lines.filter(({ id }) => judged.every((line) => line.id !== id));
  return [
    ...gone.map(({ id }) => `the line ${printable(id, 40)} of audit.json is not a line that mlctl judges`),
    ...lines.flatMap((line) => {
      const then = before.get(line.id);
      if (then === undefined) return [`audit.json has no line ${line.id}`];
      if (then.verdict !== line.verdict)
        return [
          `the line ${line.id} is ${line.verdict} by what is in the bundle, but audit.json says ${printable(then.verdict, 40)}`,
        ];
      // Another version of mlctl may say the same in other words.
      return record.mlctl !== VERSION || fixedOf(then) === fixedOf(line)
        ? []
        : [`the line ${line.id} of audit.json is not what mlctl says of the bundle`];
    }),
  ];
}

/** `expected`: the digest of the bundle that the user kept elsewhere. */
export async function bundleProblems(
  read: ReadBundle,
  { facts, found, lines }: Judged,
  expected: string | undefined,
): Promise<readonly string[]> {
  const bom = read.record.mlctl === VERSION ? `${sha256(await formatBom(facts, found))}` : null;
  const isOther =
    bom !== null && read.sums.get(BOM_FILE) !== bom && !read.problems.some((one) => one.startsWith(BOM_FILE));
  return [
    ...(expected === undefined || expected === read.digest
      ? []
      : [`its digest is ${read.digest}, and ${printable(expected, 100)} was expected: it is another bundle`]),
    ...read.problems,
    ...(isOther ? [`${BOM_FILE} is not the bill of materials of what is in the bundle`] : []),
    ...lineProblems(read, lines, facts.signature.verdict?.key ?? null),
  ];
}
