// Turns this process into a mark that a run carries, and a mark into whether that process has ended.
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/** The tag of a run that says which process made it. */
export const PROCESS_TAG = 'mlctl.process';
const MARK = /^(\d{1,10})-(\d{1,20})@([0-9a-f]{16})$/;

/** Since when the process runs, in ticks since the machine started: a number that comes again has another. null where there is none. */
function startOf(pid: number): string | null {
  try {
    // The name of the program stands before it in brackets, and may hold anything.
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** This start of this machine, and the container: numbers of processes mean something only there. Only Linux tells. */
function machine(): string | null {
  try {
    const facts = [readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'), readlinkSync('/proc/self/ns/pid')];
    return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 16);
  } catch {
    return null;
  }
}

export function processMark(): string | null {
  const [where, start] = [machine(), startOf(process.pid)];
  return where === null || start === null ? null : `${process.pid}-${start}@${where}`;
}

/** null where that is not known here: no mark, or one of another machine. */
export function hasEnded(mark: string | undefined): boolean | null {
  const [, pid, start, where] = MARK.exec(mark ?? '') ?? [];
  if (where === undefined || where !== machine()) return null;
  return startOf(Number(pid)) !== start;
}
