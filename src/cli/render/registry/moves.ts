// What promote and rollback did, for people.
import type { ConflictDocument } from '../../../documents/conflict.js';
import type { ContractDocument } from '../../../documents/contract.js';
import type { DiffDocument } from '../../../documents/diff.js';
import type { PromoteDocument } from '../../../operations/promote.js';
import type { RollbackDocument } from '../../../operations/rollback.js';
import { printable } from '../../../text/printable.js';
import type { Style } from '../../style.js';
import { diffSections } from '../diff/diff-sections.js';
import { sectionLines } from '../diff/diff-text.js';
import { hintLines } from '../hint-lines.js';
import { auditText } from '../proof/audit.js';
import { smokeText } from '../smoke.js';
import { verdictLine } from '../verdict-line.js';
import { contractLines } from './contract.js';

const versionWords = (version: number | null): string => (version === null ? 'no version' : `version ${version}`);

function conflictWords(name: string, version: number, conflict: ConflictDocument): string {
  const place = `${conflict.kind} ${conflict.target} of ${name}`;
  const found = versionWords(conflict.found_version);
  switch (conflict.when) {
    case 'before':
      return `${place} is ${found}, not ${versionWords(conflict.expected_version)}: ${
        conflict.moved
          ? `it was not moved, but ${conflict.moved.join(', ')} is version ${version} now`
          : 'nothing was moved'
      }`;
    case 'after':
      return `${place} is ${found}: someone else moved it at the same moment, and that move won, not the one to version ${version}${
        conflict.moved ? `; ${conflict.moved.join(', ')} is version ${version} now` : ''
      }`;
  }
}

const placeOf = (stage: string | null, alias: string | null): string =>
  [stage && `stage ${stage}`, alias && `alias ${alias}`].filter(Boolean).join(' and ');

function wasWords(before: number | null, version: number): string {
  if (before === null) return ' (nothing was there before)';
  return before === version ? ' (as before)' : ` (was version ${before})`;
}

/** What `contractLines` does not say; parts and files are for `mlctl diff`. */
const SHOWN = new Set(['predictions', 'metrics', 'params', 'lineage']);

function movedLines(style: Style, version: number, diff: DiffDocument): string[] {
  const lines = sectionLines(
    style,
    diffSections(diff).filter(({ title }) => SHOWN.has(title)),
  );
  return lines.length === 0
    ? []
    : [style.bold(`from version ${version} (a) to version ${diff.b.resolved.version} (b)`), '', ...lines];
}

interface Judged extends Pick<PromoteDocument, 'smoke' | 'audit'> {
  readonly contracts: readonly (ContractDocument & Partial<PromoteDocument['contracts'][number]>)[];
}

/** What smoke and audit found and what changes for callers, above the verdict. */
export const judgedText = (style: Style, verdict: string, { smoke, contracts, audit }: Judged): string =>
  [
    ...(smoke ? [smokeText(style, smoke), ''] : []),
    ...(audit ? [auditText(style, audit, false), ''] : []),
    ...contracts.flatMap((contract) => contractLines(style, contract)),
    ...contracts.flatMap(({ version, diff }) => (diff == null ? [] : movedLines(style, version, diff))),
    verdict,
  ].join('\n');

const line = (style: Style, done: boolean, words: string): string =>
  verdictLine(style, done ? 'pass' : 'fail', printable(words, 600));

/** One line for each stage and alias that was moved; one in all where none was. */
export function promoteVerdict(style: Style, document: PromoteDocument): string {
  const { name, version, stage, alias, moves, promoted, contracts, conflict, dry_run: dry } = document;
  if (conflict) return line(style, promoted, conflictWords(name, version, conflict));
  if (promoted)
    return moves
      .map(({ kind, target, from_version: from, moved }) =>
        moved
          ? `${dry ? 'dry run: ' : ''}${kind} ${target} of ${name} ${dry ? 'would be' : 'is now'} version ${version}${wasWords(from, version)}`
          : `${kind} ${target} of ${name} is already version ${version}; nothing was moved`,
      )
      .map((words) => line(style, true, words))
      .join('\n');
  const refuted = document.audit?.lines.filter(({ ok }) => !ok).map(({ id }) => id) ?? [];
  const broken = contracts.filter(({ breaking }) => breaking);
  const why =
    broken.length > 0
      ? `it breaks callers of version ${broken.map((one) => one.version).join(' and ')}`
      : refuted.length > 0
        ? `its audit failed: ${refuted.join(', ')}`
        : 'smoke failed';
  const hint = 'if its callers are ready for it: add --allow-signature-change; or use another name or alias';
  return [
    line(style, false, `${name} version ${version} was not promoted to ${placeOf(stage, alias)}: ${why}`),
    ...(broken.length > 0 ? hintLines(style, hint) : []),
  ].join('\n');
}

export function rollbackVerdict(style: Style, document: RollbackDocument): string {
  const { name, version, stage, alias, previous_version: before, rolled_back: done, conflict } = document;
  const place = placeOf(stage, alias);
  const verdict = conflict
    ? conflictWords(name, version, conflict)
    : done
      ? `${document.dry_run ? 'dry run: ' : ''}${place} of ${name} ${document.dry_run ? 'would be' : 'is'} back at version ${version}${wasWords(before, version)}`
      : `${place} of ${name} was not rolled back to version ${version}: smoke failed`;
  return line(style, done, verdict);
}
