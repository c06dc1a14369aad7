// package.json as it is published: without what only a checkout needs. npm reads the file itself, so it is replaced before
// `npm pack` and `npm publish` (prepack) and put back after them (postpack, `--restore`).
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

/** An install script is named to everyone who installs: only the one that does something there stays. */
export function publishedManifest({ scripts, devDependencies: _, allowScripts: __, overrides: ___, ...manifest }) {
  return { ...manifest, scripts: { preinstall: scripts.preinstall } };
}

const self = fileURLToPath(import.meta.url);
if (argv[1] === self) {
  const file = join(dirname(dirname(self)), 'package.json');
  const kept = `${file}.checkout`;
  // Also one that a pack which was stopped has left behind.
  if (existsSync(kept)) renameSync(kept, file);
  if (!argv.includes('--restore')) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(kept, text);
    writeFileSync(file, `${JSON.stringify(publishedManifest(JSON.parse(text)), null, 2)}\n`);
  }
}
