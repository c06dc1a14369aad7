// Names a tool of this machine for the tests, installing Debian's package where that is possible: `node scripts/system-tool.mjs strace` prints its name.
// Safe to call at the same time. `--all` names every one.
import { spawnSync } from 'node:child_process';
import { aptTurn, inTurn } from './turn.mjs';

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

const names = process.argv[2] === '--all' ? Object.keys(TOOLS) : [process.argv[2] ?? ''];
const canInstall = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;

function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, stdio: 'ignore' });
}

for (const name of names) {
  const tool = TOOLS[name];
  if (!tool) {
    console.error(`no tool ${name}; there are ${Object.keys(TOOLS).join(', ')}`);
    process.exit(2);
  }
  const find = () => tool.names.find((one) => spawnSync(one, [tool.version]).status === (tool.exit ?? 0));
  let found = find();
  if (!found && canInstall())
    found = inTurn(aptTurn, 600_000, () => {
      if (!find()) install(tool.packages);
      return find();
    });
  if (found) console.log(found);
  else {
    console.error(`there is no ${name}, and it cannot be installed here`);
    process.exitCode = 1;
  }
}
