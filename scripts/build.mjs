// Builds dist/: the bundles (scripts/bundles.mjs) and their code caches, which halve the program's start; THIRD-PARTY-NOTICES, which
// says whose code the bundles hold; and with `--types` the type declarations, which only users need and which take long.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundles, root } from './bundles.mjs';
import { formatNotices } from './notices.mjs';

const { build } = await import('esbuild').catch(() => {
  // `npm ci --omit=dev` over a built checkout: what is there stays.
  if (existsSync(join(root, 'dist', 'mlctl.cjs'))) process.exit(0);
  console.error(
    'building mlctl needs its development packages: run npm ci without --omit=dev, then npm prune --omit=dev',
  );
  process.exit(1);
});

rmSync(join(root, 'dist'), { recursive: true, force: true });
const metafiles = [];
for (const bundle of await bundles()) metafiles.push((await build(bundle)).metafile);
writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), formatNotices(metafiles));
copyFileSync(join(root, 'scripts', 'launch.cjs'), join(root, 'dist', 'launch.cjs'));
if (process.argv.includes('--types')) (await import('./declarations.mjs')).freshDeclarations(root);
try {
  execFileSync(process.execPath, [join(root, 'scripts', 'warm.cjs')], { stdio: ['ignore', 'ignore', 'pipe'] });
} catch (error) {
  // Where the runtime cannot work, most commands still do; they start without the cache.
  console.error(
    `no code cache was made: ${String(error.stderr ?? error)
      .trim()
      .split('\n')
      .at(-1)}`,
  );
}
