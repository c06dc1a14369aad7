// Looks at the processes that this one has started, as the system tells of them.
import { readdirSync, readFileSync } from 'node:fs';

export interface ChildProcess {
  readonly pid: number;
  /** `NAME=value` of the environment that it was given. */
  readonly environment: readonly string[];
}

/** Null where the system does not tell: it does on Linux. */
export function childProcesses(): ChildProcess[] | null {
  if (process.platform !== 'linux') return null;
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The name of the program is in brackets and may hold anything.
      const parent = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1];
      if (parent !== String(process.pid)) return [];
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').filter(Boolean);
      return [{ pid: Number(name), environment }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
