// Turns the data that a lineage names into its digest now, or why that cannot be had.
import { MlctlError } from '../../errors/error.js';
import type { DataLineage } from '../../lineage/types.js';
import { digestOfTrainingData, isBuiltIn, isNotAPath } from '../../rows/training-data.js';
import { printable } from '../../text/printable.js';
import type { World } from '../../world.js';
import type { DataFinding } from '../audit-facts.js';

const WHOLE_DIGEST = /^sha256:[0-9a-f]{64}$/;

/** These end the audit: they are about the command and not about the data. */
const ENDS: ReadonlySet<number> = new Set([130, 143]);

/** `elsewhere`: where the first data file lies now. */
export async function findData(
  world: World,
  data: readonly DataLineage[],
  elsewhere: string | undefined,
): Promise<readonly DataFinding[]> {
  const found: DataFinding[] = [];
  for (const [at, one] of data.entries()) {
    const source = at === 0 && elsewhere !== undefined ? elsewhere : one.source;
    const base = { name: printable(one.name, 200), source: printable(source, 300), recorded: one.digest };
    const why = whyNot(one, source);
    found.push({ ...base, ...(why === null ? await digestNow(world, source) : { found: null, why }) });
  }
  return found;
}

/** What Python records of a table is a digest of some of its rows in memory. */
function whyNot({ digest, kind }: DataLineage, source: string): string | null {
  if (!WHOLE_DIGEST.test(digest)) return 'it is not a digest of a file, so it cannot be computed again here';
  if (kind === 'code' && !isBuiltIn(source)) return 'the data came from a program and not from a file';
  return null;
}

async function digestNow(world: World, source: string): Promise<Pick<DataFinding, 'found' | 'why'>> {
  if (isNotAPath(source) && !isBuiltIn(source)) world.note(`reading ${printable(source, 200)} to compare its digest`);
  try {
    return { found: await digestOfTrainingData(world, source, world.cwd), why: null };
  } catch (error) {
    if (!(error instanceof MlctlError) || ENDS.has(error.exitCode)) throw error;
    return { found: null, why: printable(error.message, 300) };
  }
}
