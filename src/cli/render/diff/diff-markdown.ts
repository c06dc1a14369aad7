// How two models differ, as Markdown for a merge request. Names and values come from files and servers, so nothing in them may be
// read as markup.
import type { DiffDocument } from '../../../documents/diff.js';
import { printable } from '../../../text/printable.js';
import { resolvedWords } from '../resolved.js';
import { diffSections, diffSentence, type Section } from './diff-sections.js';

const MARKUP = /[\\`*_{}[\]()<>#!|~&@:]/g;

/** Every character of markup as a numeric entity, which no Markdown reader takes for markup. */
const escaped = (text: string): string =>
  printable(text, 400).replace(MARKUP, (character) => `&#${character.codePointAt(0)};`);

const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;

const sectionText = ({ title, head, rows, notes }: Section): string =>
  [
    `### ${title}`,
    '',
    ...(rows.length === 0 ? [] : [row(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(row), '']),
    ...notes.map((note) => `${escaped(note)}\n`),
  ].join('\n');

export function diffMarkdown(document: DiffDocument): string {
  const side = ({ uri, resolved, digest }: DiffDocument['a']) => [uri, resolvedWords(resolved), digest.package];
  return [
    `**${escaped(diffSentence(document))}**`,
    '',
    row(['', 'model', 'is', 'package']),
    `|${' --- |'.repeat(4)}`,
    row(['a', ...side(document.a)]),
    row(['b', ...side(document.b)]),
    '',
    ...diffSections(document).map(sectionText),
  ]
    .join('\n')
    .trimEnd();
}
