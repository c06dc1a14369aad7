// The lessons are executed: every bash block of a tutorial, in order, in one fresh folder, with mlctl on the PATH.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { cleanEnvironment } from '../support/cli.js';
import { BIN, ROOT, scratch } from '../support/paths.js';

interface Block {
  readonly line: number;
  readonly exit: number;
  readonly script: string;
}

/** ```bash blocks; `exit=N` behind the word says how the block ends (0 where left out). */
function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  for (const match of markdown.matchAll(/^```bash([^\n]*)\n([\s\S]*?)^```$/gm)) {
    blocks.push({
      line: markdown.slice(0, match.index).split('\n').length,
      exit: Number(/exit=(\d+)/.exec(match[1] ?? '')?.[1] ?? 0),
      script: match[2] ?? '',
    });
  }
  return blocks;
}

for (const lesson of readdirSync(join(ROOT, 'tutorial'))) {
  test(`tutorial/${lesson}`, { timeout: 300_000 }, (t) => {
    const blocks = blocksOf(readFileSync(join(ROOT, 'tutorial', lesson, 'README.md'), 'utf8'));
    assert.ok(blocks.length > 0);
    const folder = scratch();
    const bin = join(folder, '.bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'mlctl'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
    chmodSync(join(bin, 'mlctl'), 0o755);
    const env = cleanEnvironment({ PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter) });
    let exported = '';
    for (const block of blocks) {
      const done = spawnSync(
        'bash',
        ['-e', '-o', 'pipefail', '-c', `${exported}${block.exit === 0 ? '' : 'set +e\n'}${block.script}`],
        { cwd: folder, env, encoding: 'utf8', timeout: 60_000 },
      );
      assert.equal(
        done.status,
        block.exit,
        `the block at line ${block.line}:\n${block.script}\n${done.stdout}\n${done.stderr}`,
      );
      // What a reader exports stays for the blocks below.
      for (const line of block.script.split('\n')) if (line.startsWith('export ')) exported += `${line}\n`;
    }
    t.diagnostic(`${blocks.length} blocks`);
  });
}
