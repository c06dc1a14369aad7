// Turns confirmed moves into the text of one tag `mlctl.moves.*` of the version moved to, and the text back: a short line for each move.

export const MOVES_PREFIX = 'mlctl.moves.';

/** A record with its key, as move-record.ts has it. */
interface ListedMove {
  readonly key: string;
  readonly time: number;
  readonly action: string;
  readonly kind: string;
  readonly target: string;
  readonly from_version: number | null;
  readonly from_stage: string | null;
  readonly user: string;
  readonly guarded?: true;
  readonly message?: string;
}

/** time, end of the key, action, kind, target, from version, from stage, user, guarded, message */
export const formatMoves = (moves: readonly ListedMove[]): string =>
  JSON.stringify(
    moves.map(({ key, time, action, kind, target, from_version, from_stage, user, guarded, message }) => {
      const end = key.slice(key.lastIndexOf('.') + 1);
      const line = [time, end, action, kind, target, from_version, from_stage, user, guarded ? 1 : 0];
      return message === undefined ? line : [...line, message];
    }),
  );

/** Anybody can write a tag: the caller judges the parts as those of any record. Throws if the text is not JSON. */
export function parseMoves(text: string, version: number): { readonly key: string }[] {
  const lines: unknown = JSON.parse(text);
  if (!Array.isArray(lines)) return [];
  return lines.flatMap((line: unknown) => {
    if (!Array.isArray(line)) return [];
    const [time, end, action, kind, target, from_version, from_stage, user, guarded, message] = line;
    if (!Number.isSafeInteger(time) || typeof end !== 'string' || !/^[0-9a-f]{6}$/.test(end)) return [];
    return [
      {
        ...{ action, kind, target, from_version, to_version: version, from_stage, user, time },
        ...(guarded === 1 ? { guarded: true } : {}),
        ...(message === undefined ? {} : { message }),
        key: keyOf(time, String(kind), end),
      },
    ];
  });
}

/** Keys sort by time. */
export const keyOf = (time: number, kind: string, end: string): string =>
  `mlctl.history.${String(time).padStart(15, '0')}.${kind}.${end}`;
