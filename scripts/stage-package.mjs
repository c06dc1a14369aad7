// Copies what is published into a folder, with package.json as it is published, so that nobody sees the checkout's change.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundles.mjs';
import { freshDeclarations } from './declarations.mjs';
import { publishedManifest } from './published-manifest.mjs';

export function stagePackage(stage) {
  freshDeclarations(root);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const place of manifest.files.filter((one) => !one.startsWith('!')))
    cpSync(join(root, place), join(stage, place), {
      recursive: true,
      // The code cache belongs to the node that made it.
      filter: (source) => !source.endsWith('.cache'),
    });
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(publishedManifest(manifest), null, 2)}\n`);
  return stage;
}
