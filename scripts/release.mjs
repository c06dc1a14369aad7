// `npm run release [-- --no-check] [-- --to FOLDER]`: makes everything that a release consists of in release/, and publishes
// nothing (`--no-check` takes dist/ as it is): the package, its bill of materials (CycloneDX), its notes (the version's part of CHANGELOG.md) and SHA-256 sums. Then
// it says what to type to publish them.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './bundles.mjs';
import { stagePackage } from './stage-package.mjs';

const { values: flags } = parseArgs({
  options: { 'no-check': { type: 'boolean' }, to: { type: 'string', default: 'release' } },
});
const target = resolve(root, flags.to);
const npm = (args, cwd = root) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const git = (args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const warnings = [];

/** The part of CHANGELOG.md under the heading of this version. */
function notesOf(text) {
  const part = text.split(/^## /m).find((one) => one.startsWith(`${version} `) || one.startsWith(`${version}\n`));
  if (part === undefined) throw new Error(`CHANGELOG.md has no part for ${version}: add "## ${version}"`);
  const [heading, ...lines] = part.split('\n');
  if (/unreleased/.test(heading)) warnings.push(`CHANGELOG.md still calls ${version} unreleased`);
  return `# ${name} ${version}\n\n${lines.join('\n').trim()}\n`;
}

/**
 * What is installed with the package, by npm's own account, and what its bundles hold, as THIRD-PARTY-NOTICES lists it: npm does
 * not know of those.
 */
function billOfMaterials() {
  const bill = JSON.parse(npm(['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev']));
  bill.metadata.component.name = name;
  const known = new Set(bill.components.map(({ purl }) => purl));
  for (const line of readFileSync(join(root, 'THIRD-PARTY-NOTICES'), 'utf8').split('\n')) {
    const [, title, number, licence] = /^((?:@[\w.-]+\/)?[\w.-]+) (\d[\w.+-]*) \(([^)]+)\)$/.exec(line) ?? [];
    const purl = `pkg:npm/${title?.replace('@', '%40')}@${number}`;
    if (title === undefined || known.has(purl)) continue;
    known.add(purl);
    bill.components.push({
      'bom-ref': `bundled:${title}@${number}`,
      type: 'library',
      name: title,
      version: number,
      scope: 'required',
      purl,
      licenses: [{ expression: licence }],
      properties: [{ name: 'mlctl:bundled', value: 'true' }],
    });
  }
  return bill;
}

if (git(['status', '--porcelain']) !== '') warnings.push('the checkout has changes that are not committed');
if (!flags['no-check'])
  for (const task of ['build', 'check']) execFileSync('npm', ['run', task], { cwd: root, stdio: 'inherit' });
const notes = notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
if (existsSync(target)) {
  const foreign = readdirSync(target).filter(
    (file) => !/^(mlctl-.*\.tgz|sbom\.cdx\.json|NOTES\.md|SHA256SUMS)$/.test(file),
  );
  if (foreign.length > 0)
    throw new Error(`${target} holds other files (${foreign.join(', ')}): name an empty folder with --to`);
  rmSync(target, { recursive: true });
}
mkdirSync(target, { recursive: true });
const stage = mkdtempSync(join(tmpdir(), 'mlctl-release-'));
const tarball = npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', target], stagePackage(stage)).trim();
rmSync(stage, { recursive: true });
writeFileSync(join(target, 'sbom.cdx.json'), `${JSON.stringify(billOfMaterials(), null, 2)}\n`);
writeFileSync(join(target, 'NOTES.md'), notes);
const sums = [tarball, 'sbom.cdx.json', 'NOTES.md'].map(
  (file) =>
    `${createHash('sha256')
      .update(readFileSync(join(target, file)))
      .digest('hex')}  ${file}`,
);
writeFileSync(join(target, 'SHA256SUMS'), `${sums.join('\n')}\n`);

console.log(`made in ${target}:`);
for (const line of sums) console.log(`  ${line}`);
for (const warning of warnings) console.log(`warning: ${warning}`);
console.log(`nothing was published. To publish it:
  git tag --sign v${version} && git push origin v${version}
  npm publish ${join(flags.to, tarball)} --provenance --access public`);
