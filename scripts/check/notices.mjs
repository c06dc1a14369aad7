// THIRD-PARTY-NOTICES must name every package that the bundles would hold now, with its licence.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles, root } from '../bundles.mjs';
import { formatNotices } from '../notices.mjs';

const file = join(root, 'THIRD-PARTY-NOTICES');
const metafiles = [];
for (const bundle of await bundles()) metafiles.push((await build({ ...bundle, write: false })).metafile);
if (!existsSync(file) || readFileSync(file, 'utf8') !== formatNotices(metafiles)) {
  console.error('THIRD-PARTY-NOTICES is not that of the bundles: npm run build');
  process.exitCode = 1;
}
