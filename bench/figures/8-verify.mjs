import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, median } from '../measure.mjs';

export const title = 'mlctl verify of a signed folder of 1 GiB against sha256sum of the same files';

/** The digests of the system: coreutils' own, and OpenSSL's, which uses the processor's instructions for SHA-256. */
const FLOORS = { sha256sum: ['sha256sum'], openssl: ['openssl', 'dgst', '-sha256'] };

export default function figure({ node, bin }) {
  const folder = mkdtempSync(join(tmpdir(), 'mlctl-verify-'));
  try {
    const model = join(folder, 'model');
    mkdirSync(model);
    writeFileSync(join(model, 'MLmodel'), 'flavors: {}\n');
    const files = ['a', 'b', 'c', 'd'].map((name) => join(model, `${name}.bin`));
    const block = randomBytes(1 << 20);
    for (const file of files) {
      const out = openSync(file, 'w');
      for (let i = 0; i < 256; i += 1) writeSync(out, block);
      closeSync(out);
    }
    const env = { MLCTL_SIGNING_KEY: join(folder, 'k'), MLCTL_PUBLIC_KEY: join(folder, 'k.pub') };
    for (const args of [['--new-key', join(folder, 'k')], [model]])
      spawnSync(node, [bin, 'sign', ...args], { env: { ...process.env, ...env } });
    const floors = Object.entries(FLOORS).filter(([, [command]]) => !spawnSync(command, ['--version']).error);
    const { times, ratio } = compare(
      {
        mlctl: { command: node, args: [bin, 'verify', model], env },
        ...Object.fromEntries(floors.map(([name, [command, ...args]]) => [name, { command, args: [...args, ...files] }])),
      },
      5,
    );
    const seconds = (name) => `${(median(times[name]) / 1000).toFixed(2)} s`;
    return [
      { name: 'mlctl verify', value: seconds('mlctl') },
      ...floors.map(([name]) => ({ name: `floor: ${name}`, value: seconds(name) })),
      ...floors.map(([name]) => {
        const over = ratio('mlctl', name);
        const goal = name === 'sha256sum' ? { target: '<= 1.20 x', met: over <= 1.2 } : {};
        return { name: `mlctl / ${name}`, value: `${over.toFixed(2)} x`, ...goal };
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
