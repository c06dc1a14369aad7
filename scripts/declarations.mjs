// Turns the library's types into one file, dist/index.d.ts: TypeScript writes a declaration for each source, and
// dts-bundle-generator joins what the public names reach.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Writes them unless they are newer than all sources. */
export function freshDeclarations(root) {
  const file = join(root, 'dist', 'index.d.ts');
  const changed = readdirSync(join(root, 'src'), { recursive: true }).map(
    (one) => statSync(join(root, 'src', String(one))).mtimeMs,
  );
  if (!existsSync(file) || statSync(file).mtimeMs < Math.max(...changed)) writeDeclarations(root);
}

function writeDeclarations(root) {
  const { generateDtsBundle } = createRequire(join(root, 'package.json'))('dts-bundle-generator');
  mkdirSync(join(root, 'dist'), { recursive: true });
  const parts = mkdtempSync(join(root, 'dist', 'types-'));
  try {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', parts], {
      cwd: root,
      stdio: 'inherit',
    });
    const config = join(parts, 'tsconfig.json');
    // Without the DOM, whose `history` is a name of its own.
    const compilerOptions = {
      module: 'NodeNext',
      target: 'ES2022',
      lib: ['ES2023'],
      types: ['node'],
      skipLibCheck: true,
    };
    writeFileSync(config, JSON.stringify({ compilerOptions, files: ['index.d.ts'] }));
    const [text] = generateDtsBundle(
      [
        {
          filePath: join(parts, 'index.d.ts'),
          // scripts/check/package.mjs compiles programs against the result.
          noCheck: true,
          output: { noBanner: true, inlineDeclareGlobals: true, exportReferencedTypes: false },
        },
      ],
      { preferredConfigPath: config },
    );
    writeFileSync(join(root, 'dist', 'index.d.ts'), text);
  } finally {
    rmSync(parts, { recursive: true, force: true });
  }
}
