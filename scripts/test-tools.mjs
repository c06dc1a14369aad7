// Installs what the tests need beyond the packages of npm, so that no test waits for it: Python environments, other versions of Node,
// the servers of the stack and Debian's tools, side by side. What cannot be had is left to the test that asks for it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const INSTALLERS = [
  ['python-env.mjs', '--all'],
  ['node-versions.mjs', '--all'],
  ['system-tool.mjs', '--all'],
  [join('stack', 'up.mjs'), '--install-only'],
];

for (const [script, argument] of INSTALLERS)
  spawn(process.execPath, [join(import.meta.dirname, script), argument], { stdio: 'ignore' });
