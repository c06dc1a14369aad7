// The packages that the bundles hold, by esbuild's own account, to one text with the licence of each: THIRD-PARTY-NOTICES.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundles.mjs';

/** Packages that are published without the licence file of their repository: the files of scripts/licences. */
const LICENCE_OF = { 'onnxruntime-common': 'onnxruntime.txt', 'onnxruntime-node': 'onnxruntime.txt' };
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The folders of the packages that the metafiles name. */
function packagesIn(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'))?.[0];
        if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
      }
  return [...folders];
}

function licenceOf(folder) {
  const { name, version, license, repository } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const ours = LICENCE_OF[name];
  const files = readdirSync(join(root, folder))
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => join(folder, file));
  if (ours !== undefined && files.length === 0) files.push(join('scripts', 'licences', ours));
  const text = files.map((file) => readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return { title: `${name} ${version} (${license})`, origin: `${license} ${repository?.url}`, text: text.join('\n\n') };
}

/** A package without a licence file of its own has that of its siblings from the same repository. */
function textOf(one, all) {
  const text = one.text || all.find(({ origin, text }) => origin === one.origin && text !== '')?.text;
  if (text === undefined) throw new Error(`${one.title} is bundled, and nothing has the text of its licence`);
  return text;
}

const RULE = '-'.repeat(80);

/** Packages under the same words stand together above them. */
export function formatNotices(metafiles) {
  const titlesByText = new Map();
  const licences = packagesIn(metafiles).map(licenceOf);
  for (const one of licences) {
    const text = textOf(one, licences);
    titlesByText.set(text, (titlesByText.get(text) ?? new Set()).add(one.title));
  }
  const parts = [...titlesByText]
    .map(([text, titles]) => ({ titles: [...titles].sort(), text }))
    .sort((a, b) => (a.titles[0] < b.titles[0] ? -1 : 1));
  return [
    'The files under dist/ hold code of these packages, each under the licence below its name.',
    '',
    ...parts.flatMap(({ titles, text }) => [RULE, ...titles, RULE, '', text, '']),
  ].join('\n');
}
