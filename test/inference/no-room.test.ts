// A limit on the memory of the process is told as such, and not as a fault of the platform or of the model.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { cleanEnvironment, cliJson } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';

test('too little address space for the runtime', (t) => {
  if (process.platform !== 'linux') return t.skip('only Linux limits the address space');
  const cwd = scratch();
  cliJson(['train', '--register', '--json'], { cwd });
  const own = { cwd, env: cleanEnvironment(), encoding: 'utf8' as const };
  let told = 0;
  for (let mib = 800; mib <= 1500; mib += 100) {
    const limited = `ulimit -v ${mib * 1024}; exec "$0" "$1" smoke models:/iris_clf/1 --json`;
    const { stdout } = spawnSync('sh', ['-c', limited, process.execPath, BIN], own);
    // Node itself does not start with less.
    if (stdout === '') continue;
    const load = JSON.parse(stdout).checks?.find(({ name }: { name: string }) => name === 'load');
    if (load?.status !== 'fail') continue;
    told += 1;
    assert.match(load.message, /the memory that this process may have is too small for ONNX Runtime/, stdout);
    assert.match(load.hint, /ulimit -v/);
  }
  assert.ok(told > 0, 'none of the limits was met');
});
