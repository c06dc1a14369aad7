// Turns a command into the highest resident memory that it took, where the system keeps it (Linux).
import { spawnSync } from 'node:child_process';

/** MiB; NaN if the command failed, 0 if the system does not say. */
export function peakMemory(node, bin, args, cwd) {
  const program = `
    const { spawn } = require('node:child_process');
    const { readFileSync } = require('node:fs');
    const child = spawn(process.argv[1], process.argv.slice(2), { stdio: 'ignore' });
    let peak = 0;
    const look = setInterval(() => {
      try {
        peak = Math.max(peak, Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/' + child.pid + '/status', 'utf8'))?.[1] ?? 0));
      } catch {}
    }, 20);
    child.on('exit', (code) => { clearInterval(look); console.log(peak / 1024); process.exitCode = code; });`;
  const done = spawnSync(node, ['-e', program, node, bin, ...args], { cwd, encoding: 'utf8' });
  return done.status === 0 ? Number(done.stdout) : Number.NaN;
}
