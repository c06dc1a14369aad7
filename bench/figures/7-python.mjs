import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, median } from '../measure.mjs';

export const title = "models of Python: a scikit-learn pipeline, cold process; 500 trees of LightGBM, 1,000 rows, one thread";

const RUNS = 5;

export default async function figure({ root, node, bin, python }) {
  if (!python) return [{ name: 'mlctl against Python', value: 'no Python' }];
  const models = execFileSync(node, [join(root, 'scripts', 'python-env.mjs'), 'models'], { encoding: 'utf8' }).trim();
  const { build } = await import('esbuild');
  const work = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  try {
    const peer = (what) => execFileSync(models, [join(root, 'bench', 'peer_python.py'), what, work], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    peer('iris');
    peer('make');
    const iris = join(work, 'iris');
    const example = join(iris, 'serving_input_example.json');
    const cold = compare(
      {
        mlctl: { command: node, args: [bin, 'predict', iris, '-i', example, '-o', '-', '-q'], cwd: work },
        peer: { command: models, args: [join(root, 'bench', 'peer_load.py'), iris], cwd: work },
      },
      RUNS,
    );
    const outfile = join(work, 'lightgbm.mjs');
    const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
    await build({ entryPoints: [join(root, 'bench', 'lightgbm.ts')], bundle: true, platform: 'node', format: 'esm', outfile, banner, logLevel: 'warning' });
    const times = { mlctl: [], peer: [] };
    for (let run = 0; run < RUNS; run += 1) {
      times.mlctl.push(Number(execFileSync(node, [outfile, work, 20], { encoding: 'utf8' })));
      times.peer.push(Number(peer('time')));
    }
    const faster = cold.ratio('peer', 'mlctl');
    const ratio = median(times.mlctl.map((time, run) => time / times.peer[run]));
    return [
      { name: 'iris pipeline: mlctl predict, cold', value: `${median(cold.times.mlctl).toFixed(0)} ms` },
      { name: 'peer: Python mlflow.pyfunc, load and one row', value: `${median(cold.times.peer).toFixed(0)} ms` },
      { name: 'peer / mlctl', value: `${faster.toFixed(1)} x`, target: '>= 12 x', met: faster >= 12 },
      { name: '500 trees of LightGBM, 1,000 rows: mlctl', value: `${median(times.mlctl).toFixed(1)} ms` },
      { name: "peer: LightGBM's C library, one thread", value: `${median(times.peer).toFixed(1)} ms` },
      { name: 'mlctl / peer', value: `${ratio.toFixed(2)} x`, target: '<= 1.2 x', met: ratio <= 1.2 },
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
