// A tool of this machine that a test needs beyond Node, installed where that is possible.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths.js';

/** What to call, or why tests that need it are skipped. */
export function systemTool(
  name: 'chromium' | 'fish' | 'groff' | 'strace' | 'script' | 'zsh',
): { tool: string } | { skip: string } {
  const done = spawnSync(process.execPath, [join(ROOT, 'scripts', 'system-tool.mjs'), name], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  return done.status === 0 ? { tool: done.stdout.trim() } : { skip: done.stderr.trim() };
}
