// Turns the public types and their comments into docs/api/README.md, by typedoc. Every public name needs a comment, and every
// function, class and constant an example. `--check` writes nothing and fails if the page is stale.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { freshDeclarations } from './declarations.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = join(root, 'docs', 'api', 'README.md');
const INSIDE = '--inside';

/** Runs where `typescript` is one with an API. */
async function generate(out) {
  const { Application, ReflectionKind } = await import('typedoc');
  const config = join(out, 'tsconfig.json');
  const entry = join(root, 'dist', 'index.d.ts');
  const compilerOptions = {
    module: 'NodeNext',
    target: 'ES2022',
    lib: ['ES2023'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules', '@types')],
    skipLibCheck: true,
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [entry] }));
  const app = await Application.bootstrapWithPlugins({
    entryPoints: [entry],
    tsconfig: config,
    name: 'mlctl',
    readme: 'none',
    logLevel: 'Warn',
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: join(out, 'api') }],
    outputFileStrategy: 'modules',
    entryFileName: 'README.md',
    hideBreadcrumbs: true,
    disableSources: true,
    excludeExternals: true,
    useCodeBlocks: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    propertyMembersFormat: 'table',
    typeDeclarationFormat: 'table',
    enumMembersFormat: 'table',
    // Types of parts have no public name of their own.
    validation: { notExported: false, invalidLink: true },
  });
  const project = await app.convert();
  if (project === undefined) return false;
  app.validate(project);
  for (const name of project.children ?? []) {
    const comments = [name.comment, ...(name.signatures ?? []).map((signature) => signature.comment)];
    if (!comments.some((comment) => comment?.hasVisibleComponent())) app.logger.error(`${name.name} has no comment`);
    if (name.kindOf([ReflectionKind.Interface, ReflectionKind.TypeAlias])) continue;
    if (!comments.some((comment) => comment?.getTag('@example')))
      app.logger.error(`${name.name} has no @example in its comment`);
  }
  await app.generateOutputs(project);
  return !app.logger.hasErrors() && !app.logger.hasWarnings();
}

async function main() {
  if (process.argv[2] === INSIDE) {
    process.exitCode = (await generate(process.argv[3])) ? 0 : 1;
    return;
  }
  const check = process.argv.includes('--check');
  const out = mkdtempSync(join(tmpdir(), 'mlctl-api-'));
  try {
    freshDeclarations(root);
    const hook = pathToFileURL(join(root, 'scripts', 'typescript-api.mjs')).href;
    const done = spawnSync(process.execPath, ['--import', hook, fileURLToPath(import.meta.url), INSIDE, out], {
      cwd: root,
      stdio: 'inherit',
    });
    process.exitCode = done.status ?? 1;
    if (done.status !== 0) return;
    const text = readFileSync(join(out, 'api', 'README.md'), 'utf8');
    if (existsSync(page) && readFileSync(page, 'utf8') === text) return;
    if (check) {
      console.error('docs/api/README.md is stale: run npm run docs');
      process.exitCode = 1;
      return;
    }
    mkdirSync(dirname(page), { recursive: true });
    writeFileSync(page, text);
    console.log('docs/api/README.md written');
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

await main();
