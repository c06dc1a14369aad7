// Builds dist/: the program as one file with a code cache, which halves its start; the library and the inference child as ES modules;
// type declarations. Native packages stay outside.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { build } = await import('esbuild').catch(() => {
  // `npm ci --omit=dev` over a built checkout: what is there stays.
  if (existsSync(join(root, 'dist', 'mlctl.cjs'))) process.exit(0);
  console.error(
    'building mlctl needs its development packages: run npm ci without --omit=dev, then npm prune --omit=dev',
  );
  process.exit(1);
});
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  charset: 'ascii',
  legalComments: 'none',
  external: ['onnxruntime-node', '@aws-sdk/client-s3'],
  logLevel: 'warning',
};

/**
 * libsql asks node's diagnostic report which C library this is, which takes longer than all else it does. Its small loader is
 * replaced by ours, which looks at the file system (src/tracking/sqlite/native-target.ts); the driver itself is the package's own.
 */
const libsqlLoader = {
  name: 'libsql-loader',
  setup(builder) {
    const ours = join(root, 'src', 'tracking', 'sqlite', 'native-target.ts');
    builder.onResolve({ filter: /^(@neon-rs\/load|detect-libc)$/ }, () => ({ path: ours }));
  },
};

/** Packages off the common road: each a file of its own, so that the program's code cache stays small. */
const VENDOR = ['zod', 'yaml', 'hyparquet', 'hyparquet-compressors', 'ora', 'chalk'];
const vendor = {
  name: 'vendor',
  setup(builder) {
    builder.onResolve({ filter: new RegExp(`^(${VENDOR.join('|')})$`) }, ({ path }) => ({
      path: `./vendor/${path}.cjs`,
      external: true,
    }));
  },
};

rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({
  ...common,
  entryPoints: ['src/cli/main.ts'],
  outfile: 'dist/mlctl.cjs',
  format: 'cjs',
  // The code cache cannot serve import(); every lazy part is in the file and runs when it is first asked for.
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__programUrl' },
  banner: { js: "const __programUrl=require('node:url').pathToFileURL(__filename).href;" },
  plugins: [libsqlLoader, vendor],
});
for (const name of VENDOR.filter((name) => existsSync(join(root, 'node_modules', name)))) {
  await build({
    ...common,
    entryPoints: { [name]: name },
    outdir: 'dist/vendor',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    define: { 'import.meta.url': '__fileUrl' },
    banner: { js: "const __fileUrl=require('node:url').pathToFileURL(__filename).href;" },
    // What `import name from` gives is the module itself to a CommonJS reader.
    footer: {
      js: "if(typeof module.exports.default==='function')module.exports=Object.assign(module.exports.default,module.exports);",
    },
  });
}
copyFileSync(join(root, 'scripts', 'launch.cjs'), join(root, 'dist', 'launch.cjs'));
await build({
  ...common,
  entryPoints: { index: 'src/index.ts', 'inference-child': 'src/inference/child.ts' },
  outdir: 'dist',
  splitting: true,
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  external: [...common.external, 'libsql'],
  // CommonJS packages in an ES module bundle ask for `require`.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
});
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
if (existsSync(tsc)) {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' });
}
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
