// Ctrl-C on a terminal while a fit of many seconds runs: it ends at once, and nothing is left of the run.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cleanEnvironment, cliJson } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';
import { systemTool } from '../support/system-tool.js';

const ROWS = 400_000;
/** Each fit needs several times this of a processor of its own. */
const MOST_MS = 12_000;
const CTRL_C = '\u0003';

/** Noise, so that trees grow deep: the same numbers each time. */
function noise(rows: number): string {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const cells = () => [next(), next(), next(), next()].map((value) => value.toFixed(4)).join(',');
  const lines = Array.from(
    { length: rows },
    () => `${cells()},${(next() * 100).toFixed(2)},${Math.floor(next() * 60)}`,
  );
  return `a,b,c,d,amount,y\n${lines.join('\n')}\n`;
}

const FITS = [
  ['decision_tree_regressor', 'amount', '{decision_tree_regressor: {criterion: absolute_error}}'],
  // 60 classes of noise, and a tolerance that is never reached. It is so large that threads help.
  ['logistic_regression', 'y', '{logistic_regression: {tol: 1.0e-300, max_iter: 100000}}'],
] as const;

for (const [name, target, step] of FITS)
  test(`Ctrl-C during the fit of ${name}`, async (t) => {
    const script = systemTool('script');
    if ('skip' in script) return t.skip(script.skip);
    const cwd = scratch();
    writeFileSync(join(cwd, 'noise.csv'), noise(ROWS));
    const line = `train --data noise.csv --target ${target} --register noise --out package --set 'pipeline=[${step}]' --set split.stratify=false`;
    const child = spawn(
      script.tool,
      ['-qefc', `stty cols 100 rows 30; exec "${process.execPath}" "${BIN}" ${line}`, '/dev/null'],
      { cwd, env: cleanEnvironment({ TERM: 'xterm', NODE_DEBUG: 'worker' }), stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const ended = once(child, 'close');
    let screen = '';
    const fitting = new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        screen += text;
        // The fit itself has said how far it is.
        if (screen.includes(`fitting ${name}: `)) resolve();
      });
    });
    await Promise.race([fitting, ended]);
    const from = performance.now();
    child.stdin.write(CTRL_C);
    const [code] = await ended;
    const tookMs = performance.now() - from;
    assert.equal(code, 130, screen);
    assert.match(screen, /stopped by Ctrl-C/);
    assert.equal(/\/dist\/loss-helper\.js/.test(screen), name === 'logistic_regression' && availableParallelism() > 1);
    assert.ok(tookMs < MOST_MS, `it took ${tookMs} ms`);
    t.diagnostic(`ended ${Math.round(tookMs)} ms after Ctrl-C`);
    // No package, no half-written file, and whatever store there is has no run.
    assert.deepEqual(
      readdirSync(cwd).filter((file) => !/^mlflow\.db|^mlruns$/.test(file)),
      ['noise.csv'],
    );
    if (readdirSync(cwd).length > 1)
      assert.deepEqual(cliJson<{ runs: unknown[] }>(['runs', '--json'], { cwd }).runs, []);
  });
