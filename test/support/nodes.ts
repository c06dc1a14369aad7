// Other major versions of Node for tests, installed from npm under .cache/nodes, once.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths.js';

export type NodeMajor = '20' | '22' | '24' | '26';

/** The binary of a Node, or why it cannot be had here. */
export function nodeOf(major: NodeMajor): { node: string } | { skip: string } {
  const done = spawnSync(process.execPath, [join(ROOT, 'scripts', 'node-versions.mjs'), major], {
    encoding: 'utf8',
    timeout: 600_000,
  });
  if (done.status === 0) return { node: done.stdout.trim() };
  return { skip: `Node ${major}: ${done.stderr.trim().split('\n').at(-1) ?? 'failed'}` };
}
