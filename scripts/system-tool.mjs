// Names a tool of this machine for the tests, installing Debian's package where that is possible: `node scripts/system-tool.mjs strace` prints its name.
import { spawnSync } from 'node:child_process';

const TOOLS = {
  chromium: {
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    version: '--version',
    packages: ['chromium', 'fonts-dejavu-core'],
  },
  fish: { names: ['fish'], version: '--version', packages: ['fish'] },
  groff: { names: ['groff'], version: '--version', packages: ['groff-base'] },
  strace: { names: ['strace'], version: '-V', packages: ['strace'] },
  /** Runs a command on a pseudo-terminal. */
  script: { names: ['script'], version: '--version', packages: ['bsdutils'] },
  'systemd-analyze': { names: ['systemd-analyze'], version: '--version', packages: ['systemd'] },
  /** Puts load on an HTTP server; it says its version with exit code 1. */
  wrk: { names: ['wrk'], version: '-v', exit: 1, packages: ['wrk'] },
  zsh: { names: ['zsh'], version: '--version', packages: ['zsh'] },
};

const wanted = process.argv[2] ?? '';
const tool = TOOLS[wanted];
if (!tool) {
  console.error(`no tool ${wanted}; there are ${Object.keys(TOOLS).join(', ')}`);
  process.exit(2);
}
const find = () => tool.names.find((name) => spawnSync(name, [tool.version]).status === (tool.exit ?? 0));
let found = find();
if (
  !found &&
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('apt-get', ['--version']).status === 0
) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...tool.packages], { env, stdio: 'ignore' });
  found = find();
}
if (!found) {
  console.error(`there is no ${wanted}, and it cannot be installed here`);
  process.exit(1);
}
console.log(found);
