// Judges whether every move of a stage or an alias to this version, or away from it, has a record of who made it.
import { isoTime } from '../../documents/json-values.js';
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import type { MoveFinding } from '../audit-facts.js';
import { type AuditLine, evidence } from '../audit-line.js';

const versionWords = (version: number | null): string => (version === null ? 'no version' : `version ${version}`);

const wordsOf = ({ kind, target, from_version: from, to_version: to }: MoveFinding): string =>
  `${kind} ${printable(target, 100)} from ${versionWords(from)} to ${versionWords(to)}`;

const MOST_SHOWN = 50;

export const history: AuditLine = {
  id: 'history',
  judge({ seen: { moves }, standing: { version } }) {
    if (moves === null || version === null)
      return {
        verdict: 'unknown',
        message: 'this URI does not name a version, and only versions are moved to stages and aliases',
        hint: 'audit the version that is used: mlctl audit models:/NAME/VERSION',
        evidence: [],
      };
    const rests = moves
      .slice(-MOST_SHOWN)
      .map((move) =>
        evidence(
          wordsOf(move),
          move.action === 'unknown' ? 'the registry as it is now' : `record of ${move.action}`,
          move.action === 'unknown'
            ? null
            : `${printable(move.user ?? 'unknown', 100)}, ${isoTime(move.time) ?? 'time unknown'}`,
        ),
      );
    const unrecorded = moves.filter(({ action }) => action === 'unknown');
    const hint = `see who moved what: mlctl history ${printable(version.name, 120)}`;
    if (unrecorded.length > 0)
      return {
        verdict: 'unknown',
        message: `${plural(unrecorded.length, 'move was', 'moves were')} made without a record of who made ${unrecorded.length === 1 ? 'it' : 'them'}: ${wordsOf(unrecorded[0]!)}`,
        hint,
        evidence: rests,
      };
    const last = moves.at(-1);
    return {
      verdict: 'recorded',
      message:
        last === undefined
          ? 'no stage or alias was ever moved to this version'
          : `${plural(moves.length, 'move is', 'moves are')} recorded without a gap; the last: ${wordsOf(last)}, by ${printable(last.user ?? 'unknown', 100)}`,
      hint,
      evidence: rests,
    };
  },
};
