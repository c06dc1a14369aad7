// Compares mlctl's MLflow semantics with recorded verdicts of Python: `npm run cases:schema -- DIR` (wire, frame, sigs, directed .jsonl).
// Prints every disagreement (a few per category, with the total) and closes with `N of M agree`; exit 1 unless all do.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = process.argv[2];
if (!folder || !existsSync(folder)) {
  console.error('usage: npm run cases:schema -- DIR [layer]');
  process.exit(2);
}
if (!process.argv.includes('--no-build')) {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root], { stdio: 'inherit' });
}
const { compareFolder } = await import(join(root, 'build/test/schema/mlflow/compare-cases.js'));
process.exitCode = compareFolder(
  folder,
  process.argv.slice(3).find((word) => !word.startsWith('-')),
);
