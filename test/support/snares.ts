// What somebody may put into a folder that mlctl cleans: names that lead out of it. The folder they lead to must stay as it is.
import { execFileSync, spawnSync } from 'node:child_process';
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './paths.js';

export interface Outside {
  readonly folder: string;
  /** Every entry with its content, for comparison. */
  state(): readonly string[];
}

export function outside(): Outside {
  const folder = scratch();
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'thesis.txt'), 'years of work');
  writeFileSync(join(folder, 'docs', 'letter.txt'), 'x');
  return {
    folder,
    state: () =>
      readdirSync(folder, { recursive: true })
        .map(String)
        .sort()
        .map((name) => {
          const facts = lstatSync(join(folder, name));
          return `${name} ${facts.mode} ${facts.isFile() ? readFileSync(join(folder, name), 'utf8') : ''}`;
        }),
  };
}

/** Links to files and folders, second names of files, pipes, names that are not text, and folders, into `folder`. */
export function setSnares(folder: string, { folder: target }: Outside): void {
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
  for (const place of [folder, join(folder, 'deep'), join(folder, 'deep', 'er')]) {
    symlinkSync(target, join(place, 'to-folder'));
    symlinkSync(join(target, 'thesis.txt'), join(place, 'to-file'));
    symlinkSync('/', join(place, 'to-root'));
    symlinkSync('nowhere', join(place, 'to-nothing'));
    symlinkSync('loop', join(place, 'loop'));
    linkSync(join(target, 'thesis.txt'), join(place, 'second-name'));
    writeFileSync(Buffer.concat([Buffer.from(`${place}/`), Buffer.from([0xff, 0xfe])]), '');
    if (process.platform !== 'win32') execFileSync('mkfifo', [join(place, 'pipe')]);
  }
}

/** `target` mounted in `folder`, of the same disk; null where that is not allowed. Gives what ends it. */
export function bindMount(target: string, folder: string): (() => void) | null {
  mkdirSync(folder, { recursive: true });
  if (process.platform !== 'linux' || spawnSync('mount', ['--bind', target, folder]).status !== 0) return null;
  return () => void execFileSync('umount', [folder]);
}
