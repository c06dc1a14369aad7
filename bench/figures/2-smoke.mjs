import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, median } from '../measure.mjs';

export const title = 'smoke of a local package (all checks), cold process';

export default function figure({ root, node, bin, python }) {
  const work = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  try {
    const trained = spawnSync(node, [bin, 'train', '--register', '--json'], { cwd: work, encoding: 'utf8' });
    if (trained.status !== 0) throw new Error(trained.stderr);
    const { path, model_uri } = JSON.parse(trained.stdout);
    const commands = {
      smoke: { command: node, args: [bin, 'smoke', path], cwd: work },
      run: { command: node, args: [bin, 'smoke', model_uri], cwd: work },
      floor: { command: node, args: [join(root, 'bench', 'floor-onnx.mjs'), join(path, 'model.onnx')], cwd: work },
    };
    const { times, ratio } = compare(commands, 31);
    const rows = [
      { name: 'mlctl smoke <folder>', value: `${median(times.smoke).toFixed(0)} ms` },
      { name: 'mlctl smoke runs:/… (store, lineage, rescore)', value: `${median(times.run).toFixed(0)} ms` },
      { name: 'floor: node + onnxruntime-node, one row', value: `${median(times.floor).toFixed(0)} ms` },
      { name: 'smoke <folder> / floor', value: `${ratio('smoke', 'floor').toFixed(2)} x`, target: '<= 1.2 x', met: ratio('smoke', 'floor') <= 1.2 },
      { name: 'smoke runs:/… / floor', value: `${ratio('run', 'floor').toFixed(2)} x` },
    ];
    if (python) {
      const peer = compare({ smoke: commands.smoke, peer: { command: python, args: [join(root, 'bench', 'peer_load.py'), path], cwd: work } }, 5);
      const faster = peer.ratio('peer', 'smoke');
      rows.push({ name: 'peer: Python mlflow.pyfunc, load and one row', value: `${median(peer.times.peer).toFixed(0)} ms` });
      rows.push({ name: 'peer / smoke', value: `${faster.toFixed(1)} x`, target: '>= 10 x', met: faster >= 10 });
    }
    return rows;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
