// Names a Chromium for the tests, installing Debian's package where that is possible: `node scripts/chromium.mjs` prints its path.
import { spawnSync } from 'node:child_process';

const find = () =>
  ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version']).status === 0);
let found = find();
if (
  !found &&
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('apt-get', ['--version']).status === 0
) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], {
    env,
    stdio: 'ignore',
  });
  found = find();
}
if (!found) {
  console.error('there is no Chromium, and it cannot be installed here');
  process.exit(1);
}
console.log(found);
