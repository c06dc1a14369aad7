// How two models differ, for people at a terminal.
import type { DiffDocument, DiffSideDocument } from '../../../documents/diff.js';
import { printable } from '../../../text/printable.js';
import type { Style } from '../../style.js';
import { facts } from '../facts.js';
import { resolvedWords } from '../resolved.js';
import { type Column, table } from '../table.js';
import { verdictLine } from '../verdict-line.js';
import { diffSections, diffSentence, type Section } from './diff-sections.js';

const sideWords = ({ uri, resolved, flavor }: DiffSideDocument): string =>
  `${printable(uri, 200)} (${printable(resolvedWords(resolved), 200)}, ${printable(flavor, 40)})`;

const columnOf = (title: string, at: number): Column<readonly string[]> => ({
  title,
  of: (row) => row[at],
  most: at === 0 ? 100 : 60,
  least: 12,
  kept: at === 0,
});

/** The sections without their verdict, each with a title and an empty line after it. */
export function sectionLines(style: Style, sections: readonly Section[]): string[] {
  return sections.flatMap(({ title, head, rows, notes }) => [
    style.bold(title),
    ...(rows.length === 0 ? [] : [table(style, head.map(columnOf), rows)]),
    ...notes.map((note) => style.dim(`  ${printable(note, 600)}`)),
    '',
  ]);
}

export const diffVerdict = (style: Style, document: DiffDocument): string =>
  verdictLine(style, document.same ? 'pass' : 'fail', diffSentence(document));

export const diffText = (style: Style, document: DiffDocument): string =>
  [
    facts(style, [
      ['a', sideWords(document.a)],
      ['b', sideWords(document.b)],
    ]),
    '',
    ...sectionLines(style, diffSections(document)),
    diffVerdict(style, document),
  ].join('\n');
