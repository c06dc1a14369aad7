// Real Chromium for tests: what it makes of a page, and the page on paper.
import { spawnSync } from 'node:child_process';
import { systemTool } from './system-tool.js';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--virtual-time-budget=2000'];

interface Chromium {
  /** The document after it was parsed, and after any script that it would run. */
  dom(url: string): string;
  /** Writes a PDF. */
  print(url: string, file: string): void;
}

export function chromiumOf(): Chromium | { skip: string } {
  const found = systemTool('chromium');
  if ('skip' in found) return found;
  const run = (...args: string[]): string => {
    const done = spawnSync(found.tool, [...FLAGS, ...args], { encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`chromium ended with ${done.status}: ${done.stderr.slice(-1000)}`);
    return done.stdout;
  };
  return {
    dom: (url) => run('--dump-dom', url),
    print: (url, file) => void run('--no-pdf-header-footer', `--print-to-pdf=${file}`, url),
  };
}
