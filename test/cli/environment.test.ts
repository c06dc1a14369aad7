// The table of environment variables against the sources: whatever the code asks for is in the table.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { VARIABLES } from '../../src/env.js';
import { ROOT } from '../support/paths.js';

/** Of the system, not of mlctl. */
const SYSTEM = new Set([
  'HOME',
  'USERPROFILE',
  'LOCALAPPDATA',
  'APPDATA',
  'USER',
  'USERNAME',
  'LOGNAME',
  'LNAME',
  'PATH',
  'TZ',
  'SOURCE_DATE_EPOCH',
]);

test('every variable the sources name is in the table', () => {
  const folder = join(ROOT, 'src');
  const asked = new Map<string, string>();
  for (const file of readdirSync(folder, { recursive: true }).map(String)) {
    if (!file.endsWith('.ts') || file === 'env.ts') continue;
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, bracket, dot] of text.matchAll(
      /\benv(?:ironment)?(?:\[['"]([A-Za-z_0-9]+)['"]\]|\.([A-Z][A-Z_0-9]+)\b)/g,
    ))
      asked.set(
        (bracket ?? dot!).replace(/^(all|no|https?)_proxy$/, (name) => name.toUpperCase()),
        file,
      );
    for (const [name] of text.matchAll(/(?<=['"`])(?:MLFLOW|MLCTL|AWS)_[A-Z_0-9]+(?=['"`])/g)) asked.set(name, file);
    for (const [, names] of text.matchAll(/const \{([^}]*)\} = (?:world\.)?env\b/g))
      for (const name of names!.matchAll(/\b[A-Z][A-Z_0-9]+\b/g)) asked.set(name[0], file);
  }
  assert.ok(asked.size > 20);
  const known = new Set(VARIABLES.map((variable) => variable.name));
  const unknown = [...asked].filter(([name]) => !known.has(name) && !SYSTEM.has(name));
  assert.deepEqual(unknown, []);
  assert.equal(known.size, VARIABLES.length, 'a variable is in the table twice');
});
