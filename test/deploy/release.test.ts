// What `npm run release` makes: the package, its bill of materials, its notes and the sums of all three.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT, scratch } from '../support/paths.js';

const SCRIPT = join(ROOT, 'scripts', 'release.mjs');
const release = (folder: string) =>
  spawnSync(process.execPath, [SCRIPT, '--no-check', '--to', folder], { encoding: 'utf8', cwd: ROOT });

describe('npm run release', () => {
  const folder = join(scratch(), 'release');
  const ran = release(folder);
  const read = (file: string) => readFileSync(join(folder, file));
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  it('makes four files, publishes nothing, and says what to type next', () => {
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    assert.deepEqual(readdirSync(folder).sort(), ['NOTES.md', 'SHA256SUMS', `mlctl-${version}.tgz`, 'sbom.cdx.json']);
    assert.match(ran.stdout, /nothing was published[\s\S]*npm publish/);
  });

  it('sums what it made', () => {
    const lines = read('SHA256SUMS').toString().trim().split('\n');
    assert.equal(lines.length, 3);
    for (const line of lines) {
      const [sum, file = ''] = line.split('  ');
      assert.equal(sum, createHash('sha256').update(read(file)).digest('hex'), file);
    }
  });

  it('lists every package that is installed or bundled, and its licence', () => {
    const { components } = JSON.parse(read('sbom.cdx.json').toString());
    const listed = new Map(
      components.map((one: { purl: string; licenses?: unknown[] }) => [decodeURIComponent(one.purl), one.licenses]),
    );
    const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
    for (const name of ['onnxruntime-node', 'libsql', 'commander', 'zod', 'csv-parse', 'chalk', 'ora'])
      assert.ok(listed.has(`pkg:npm/${name}@${lock[`node_modules/${name}`].version}`), name);
    assert.ok(![...listed.keys()].some((purl) => String(purl).includes('typescript')), 'tools are not part of it');
  });

  it('takes the notes from the part of the changelog for this version', () => {
    const notes = read('NOTES.md').toString();
    assert.ok(notes.startsWith(`# mlctl ${version}\n\n- `));
    const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
    assert.ok(changelog.includes(notes.split('\n').at(-2) ?? '-'));
  });

  it('packs a program that starts, without the tools of the checkout', () => {
    const place = scratch();
    assert.equal(spawnSync('tar', ['-xzf', join(folder, `mlctl-${version}.tgz`), '-C', place]).status, 0);
    const manifest = JSON.parse(readFileSync(join(place, 'package', 'package.json'), 'utf8'));
    assert.deepEqual(Object.keys(manifest.scripts), ['preinstall']);
    const started = spawnSync(process.execPath, [join(place, 'package', 'bin', 'mlctl.js'), '--version']);
    assert.equal(String(started.stdout), `mlctl ${version}\n`);
  });

  it('leaves a folder alone that holds anything else', () => {
    const other = scratch();
    writeFileSync(join(other, 'mine.txt'), 'mine');
    const refused = release(other);
    assert.notEqual(refused.status, 0);
    assert.match(refused.stderr, /mine\.txt/);
    assert.deepEqual(readdirSync(other), ['mine.txt']);
  });
});
