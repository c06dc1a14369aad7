// What esbuild makes of the sources: the program as one file, what is off the common road as files beside it, the library, the
// inference child and the helpers of fits, of trees and of rows as ES modules. Packages with native code stay outside.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryOf, shareModules, takeShared } from './share-modules.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

const common = {
  absWorkingDir: root,
  bundle: true,
  metafile: true,
  platform: 'node',
  target: `node${manifest.engines.node.replace('>=', '')}`,
  minifySyntax: true,
  minifyWhitespace: true,
  charset: 'ascii',
  // THIRD-PARTY-NOTICES has them whole.
  legalComments: 'none',
  // The SDK would tell of its next versions' needs; in a bundle its version stands.
  define: {
    'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"',
    // A run records it (src/lineage/lock-digest.ts).
    MLCTL_LOCK: JSON.stringify(`sha256:${lock}`),
  },
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

/** string-width prepares its tables of characters as it loads, which takes 10 ms: it loads when it is first called. */
const lazyWidth = {
  name: 'lazy-width',
  setup(builder) {
    builder.onResolve({ filter: /^string-width$/, namespace: 'file' }, ({ importer }) =>
      importer.includes('node_modules') ? undefined : { path: 'string-width', namespace: 'lazy' },
    );
    builder.onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
      contents: "export default (text) => require('string-width').default(text);",
      resolveDir: root,
    }));
  },
};

/** What loads node's module `path` when a function of it is first called. */
const onFirstCall = (path) =>
  Object.entries(process.getBuiltinModule(path))
    .map(([name, value]) =>
      typeof value === 'function'
        ? `exports.${name} = (...given) => require('${path}').${name}(...given);`
        : `Object.defineProperty(exports, '${name}', { get: () => require('${path}').${name} });`,
    )
    .join('\n');

/**
 * Modules of node that smoke and predict of a folder do without: each takes node half a millisecond or more. commander asks for
 * child_process, but mlctl has no command that is a program of its own.
 */
const lazyNode = {
  name: 'lazy-node',
  setup(builder) {
    builder.onResolve({ filter: /^node:(child_process|fs\/promises)$/, namespace: 'file' }, ({ path, importer }) =>
      path === 'node:fs/promises' || importer.includes('commander') ? { path, namespace: 'lazy-node' } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'lazy-node' }, ({ path }) => ({
      contents: onFirstCall(path),
      resolveDir: root,
    }));
  },
};

/**
 * The JavaScript of onnxruntime-node is thirty small files, which node takes 4 ms to find and compile: in the program they come
 * with its code cache. The native library stays in its package.
 */
const runtimeInside = {
  name: 'runtime-inside',
  setup(builder) {
    const replaceIn = (filter, from, to) =>
      builder.onLoad({ filter }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes(from)) throw new Error(`${path} no longer has ${from}: see runtimeInside`);
        return { contents: source.replaceAll(from, to), loader: path.endsWith('.ts') ? 'ts' : 'js' };
      });
    replaceIn(/[\\/]src[\\/]inference[\\/]runtime\.ts$/, 'createRequire(import.meta.url)(', 'require(');
    replaceIn(/[\\/]onnxruntime-node[\\/]dist[\\/]binding\.js$/, 'require(`../bin/', 'require(`onnxruntime-node/bin/');
  },
};

/** What the server shares with another part is small, and a file of its own would take longer to open. */
const PROGRAM = { mlctl: ['src/cli/main.ts', 'src/schema/mlflow/wire/read-content-type.ts'] };

/**
 * What is off the common road, by file of dist/: its entries. Each is a file of its own with its own code cache, and loads when the
 * first of its entries is asked for, because a start costs as much as its files are large.
 */
const PARTS = {
  python: [
    'src/inference/open-sklearn.ts',
    'src/inference/open-booster.ts',
    'src/packaging/conversion/convert-package.ts',
  ],
  train: [
    'src/operations/train.ts',
    'src/operations/log.ts',
    'src/operations/init.ts',
    'src/operations/reproduce.ts',
    'src/cli/render/recipe-help.ts',
    'src/data/read-csv-table.ts',
  ],
  far: [
    'src/tracking/rest/open-rest.ts',
    'src/mlflow-server/open-server.ts',
    'src/artifacts/proxy/open-proxy-artifacts.ts',
    'src/artifacts/s3/open-s3-artifacts.ts',
    'src/rows/fetch-web-file.ts',
  ],
  proof: [
    'src/operations/report.ts',
    'src/operations/make-signing-key.ts',
    'src/operations/sign.ts',
    'src/operations/verify.ts',
    'src/operations/audit.ts',
    'src/operations/audit-all.ts',
    'src/operations/diff.ts',
    'src/comparison/compare-models.ts',
  ],
  serve: ['src/serve/start-server.ts'],
  doctor: ['src/operations/doctor.ts'],
  mlflow: [
    'src/schema/cast-mlflow.ts',
    'src/schema/table-of-python.ts',
    'src/scoring/answer-as-mlflow.ts',
    'src/scoring/python-answer.ts',
  ],
};

/** zod speaks fifty languages, which are half of it. */
const english = {
  name: 'english',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]zod[\\/].*locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/** Packages off the common road: each a file of its own, as the parts are. */
const VENDOR = [
  'zod',
  'yaml',
  'hyparquet',
  'hyparquet-compressors',
  'hyparquet-writer',
  'yauzl',
  'ora',
  'chalk',
  '@aws-sdk/client-s3',
  '@cyclonedx/cyclonedx-library',
  '@smithy/core/config',
  '@smithy/core/retry',
  'pino',
  'prom-client',
  '@fastify/bearer-auth',
];
const vendorName = (path) => path.replace('@', '').replaceAll('/', '-');
const vendor = {
  name: 'vendor',
  setup(builder) {
    builder.onResolve({ filter: new RegExp(`^(${VENDOR.join('|')})$`) }, ({ path }) => ({ path, namespace: 'vendor' }));
    builder.onLoad({ filter: /.*/, namespace: 'vendor' }, ({ path }) => ({
      contents: `module.exports=__open('vendor/${vendorName(path)}')`,
    }));
  },
};

/** fastify is a file of its own: src/serve/http-stack.ts. */
const httpStack = {
  name: 'http-stack',
  setup(builder) {
    builder.onResolve({ filter: /\/http-stack\.(js|ts)$/ }, () => ({ path: 'http-stack', namespace: 'vendor' }));
  },
};

/** A function for scripts/launch.cjs, of what node gives a module, and of what opens the other files. */
const launched = {
  ...common,
  format: 'cjs',
  define: { ...common.define, 'import.meta.url': '__fileUrl' },
  banner: {
    js: "(function(exports,require,module,__filename,__dirname,__open){const __fileUrl=require('node:url').pathToFileURL(__filename).href;",
  },
  footer: { js: '})' },
};

/** onnxruntime-node asks which thread it is in, and the program runs in the first one: node takes half a millisecond to say so. */
const mainThread = {
  name: 'main-thread',
  setup(builder) {
    builder.onResolve({ filter: /^worker_threads$/, namespace: 'file' }, ({ path, importer }) =>
      importer.includes('onnxruntime-node') ? { path, namespace: 'main-thread' } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'main-thread' }, () => ({ contents: 'exports.isMainThread = true;' }));
  },
};

const programPart = (shared, name) => ({
  ...launched,
  stdin: entryOf(shared, name),
  outfile: `dist/${name}.cjs`,
  // The code cache cannot serve import(); every lazy part is in a file and runs when it is first asked for.
  supported: { 'dynamic-import': false },
  plugins: [httpStack, takeShared(shared, name), libsqlLoader, lazyWidth, lazyNode, runtimeInside, mainThread, vendor],
});

/** The schemas of cyclonedx-library are for its validators, which only tests use; an ES module cannot find them by __dirname. */
const withoutSchemas = {
  name: 'without-schemas',
  setup(builder) {
    builder.onLoad(
      { filter: /cyclonedx-library[\\/]dist\.node[\\/](?:resources\.node|validation[\\/]index\.node)\.js$/ },
      () => ({
        contents: '',
        loader: 'js',
      }),
    );
  },
};

/** Which cyclonedx-library would load if they were there: XML, and checks of what is not written. */
const OPTIONAL = [
  'ajv',
  'ajv-formats',
  'ajv-formats-draft2019',
  'libxmljs2',
  'packageurl-js',
  'spdx-expression-parse',
  'xmlbuilder2',
];

/**
 * What the server never does, so that its file is a third of the size: schemas are not compiled, documents are not YAML, requests
 * are not simulated, nothing is traced. fastify only asks for its log where there is none.
 */
const NEVER_CALLED = 'module.exports = () => { throw new Error("this part is not in the bundle"); };';
const leftOut = new Map([
  ['@fastify/ajv-compiler', NEVER_CALLED],
  ['@fastify/fast-json-stringify-compiler', NEVER_CALLED],
  ['light-my-request', NEVER_CALLED],
  ['@opentelemetry/api', 'exports.trace = { getSpan: () => undefined };'],
  [
    'abstract-logging',
    'const none = () => {}; module.exports = Object.fromEntries(["fatal", "error", "warn", "info", "debug", "trace"].map((name) => [name, none]));',
  ],
]);
const serverParts = {
  name: 'server-parts',
  setup(builder) {
    builder.onResolve({ filter: new RegExp(`^(${[...leftOut.keys()].join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    builder.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({ contents: leftOut.get(path) }));
  },
};

const beside = VENDOR.map((path) => ({
  ...launched,
  external: OPTIONAL,
  entryPoints: { [vendorName(path)]: path },
  outdir: 'dist/vendor',
  outExtension: { '.js': '.cjs' },
  plugins: [english, serverParts],
  // What `import name from` gives is the module itself to a CommonJS reader.
  footer: {
    js: "if(typeof module.exports.default==='function')module.exports=Object.assign(module.exports.default,module.exports);})",
  },
}));

/** What a server needs only for TLS, for a host with several addresses or for plugins: node takes 3 ms to load it. */
const lazyServerParts = {
  name: 'lazy-server-parts',
  setup(builder) {
    builder.onResolve({ filter: /^node:(http2|https|dns)$/, namespace: 'file' }, ({ path }) => ({
      path: path.replace('node:', ''),
      namespace: 'lazy-node',
    }));
    builder.onLoad({ filter: /.*/, namespace: 'lazy-node' }, ({ path }) => ({ contents: onFirstCall(path) }));
    // Only the clock of it is asked for, which every program has.
    builder.onResolve({ filter: /^node:perf_hooks$/, namespace: 'file' }, () => ({
      path: 'clock',
      namespace: 'clock',
    }));
    builder.onLoad({ filter: /.*/, namespace: 'clock' }, () => ({ contents: 'exports.performance = performance;' }));
    builder.onResolve({ filter: /^semver$/, namespace: 'file' }, () => ({ path: 'semver', namespace: 'lazy' }));
    builder.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: ['satisfies', 'gt', 'coerce']
        .map((name) => `exports.${name} = (...given) => require('${path}').${name}(...given);`)
        .join('\n'),
      resolveDir: root,
    }));
  },
};

const server = {
  ...launched,
  entryPoints: ['src/serve/http-stack.ts'],
  outfile: 'dist/vendor/http-stack.cjs',
  plugins: [serverParts, lazyServerParts, vendor],
};

const library = {
  ...common,
  entryPoints: {
    index: 'src/index.ts',
    'inference-child': 'src/inference/child.ts',
    'loss-helper': 'src/training/linear-model/loss-helper.ts',
    'tree-helper': 'src/estimators/tree/tree-helper.ts',
    'rows-helper': 'src/data/write/rows-helper.ts',
  },
  outdir: 'dist',
  splitting: true,
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['libsql', ...OPTIONAL],
  plugins: [english, lazyWidth, runtimeInside, withoutSchemas],
  // CommonJS packages in an ES module bundle ask for `require`.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
};

export async function bundles() {
  const shared = await shareModules(root, PROGRAM, PARTS);
  return [...[...shared.given.keys()].map((name) => programPart(shared, name)), ...beside, server, library];
}
