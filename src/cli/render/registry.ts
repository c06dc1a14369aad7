// What register and promote did, for people.
import type { ConflictDocument } from '../../documents/conflict.js';
import type { PromoteDocument } from '../../operations/promote.js';
import type { RegisterDocument } from '../../operations/register.js';
import type { RollbackDocument } from '../../operations/rollback.js';
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';
import { contractLines } from './contract.js';
import { facts } from './facts.js';
import { smokeText } from './smoke.js';

export function registerText(style: Style, document: RegisterDocument): string {
  const { name, version, source, run_id: run, stage, alias, digest, created } = document;
  const shown = printable(name);
  return [
    facts(style, [
      ['model', `models:/${name}/${version}`],
      ['source', source],
      ['run', run],
      ['stage', stage],
      ['alias', alias],
      ['package', digest?.package],
    ]),
    '',
    `${mark(style, 'pass')} ${style.bold(created ? `registered as ${shown} version ${version}` : `already registered as ${shown} version ${version}`)}`,
  ].join('\n');
}

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

const verdictLine = (style: Style, done: boolean, verdict: string): string => {
  const shown = printable(verdict, 600);
  return `${mark(style, done ? 'pass' : 'fail')} ${style.bold(done ? style.green(shown) : style.red(shown))}`;
};

/** A blank line after the table of smoke, if there is one. */
const smokeLines = (style: Style, smoke: PromoteDocument['smoke']): string[] =>
  smoke ? [smokeText(style, smoke), ''] : [];

export function promoteText(style: Style, document: PromoteDocument): string {
  const { name, version, stage, alias, moves, promoted, contracts, conflict, smoke } = document;
  const place = placeOf(stage, alias);
  const broken = contracts.filter(({ breaking }) => breaking);
  const verdicts = conflict
    ? [conflictWords(name, version, conflict)]
    : promoted
      ? moves.map(({ kind, target, from_version: from, moved }) =>
          moved
            ? `${kind} ${target} of ${name} is now version ${version}${wasWords(from, version)}`
            : `${kind} ${target} of ${name} is already version ${version}; nothing was moved`,
        )
      : [
          `${name} version ${version} was not promoted to ${place}: ${
            broken.length > 0
              ? `it breaks callers of version ${broken.map((one) => one.version).join(' and ')}`
              : 'smoke failed'
          }`,
        ];
  const refused = !promoted && conflict === null && broken.length > 0;
  return [
    ...smokeLines(style, smoke),
    ...contracts.flatMap((contract) => contractLines(style, contract)),
    ...verdicts.map((verdict) => verdictLine(style, promoted, verdict)),
    ...(refused
      ? [
          `  ${style.cyan('hint:')} if its callers are ready for it: add --allow-signature-change; or use another name or alias`,
        ]
      : []),
  ].join('\n');
}

export function rollbackText(style: Style, document: RollbackDocument): string {
  const {
    name,
    version,
    stage,
    alias,
    previous_version: before,
    rolled_back: done,
    contract,
    conflict,
    smoke,
  } = document;
  const place = placeOf(stage, alias);
  const verdict = conflict
    ? conflictWords(name, version, conflict)
    : done
      ? `${place} of ${name} is back at version ${version}${wasWords(before, version)}`
      : `${place} of ${name} was not rolled back to version ${version}: smoke failed`;
  return [
    ...smokeLines(style, smoke),
    ...(contract === null ? [] : contractLines(style, contract)),
    verdictLine(style, done, verdict),
  ].join('\n');
}
