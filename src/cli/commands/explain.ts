// `mlctl explain [code]`: what an error code or an exit code means, what usually causes it, what to type.
import { ERROR_CODES, type ErrorCode } from '../../errors/codes.js';
import { MlctlError } from '../../errors/error.js';
import { FINDING_CODES } from '../../schema/finding-codes.js';
import { nearestNames } from '../../text/nearest-names.js';
import type { Command } from '../command.js';
import { docsLink } from '../help/docs-link.js';
import { EXIT_MEANINGS } from '../help/exit-codes.js';
import { EXPLANATIONS } from '../help/explanations.js';
import { facts } from '../render/facts.js';
import { table } from '../render/table.js';
import type { Style } from '../style.js';

interface Explained {
  readonly code: string;
  readonly exit_code: number;
  readonly meaning: string;
  readonly causes: string;
  readonly next: string;
}

const ALL: readonly Explained[] = [
  ...Object.entries(ERROR_CODES).map(([code, { exit, title }]) => ({
    code,
    exit_code: exit,
    meaning: title,
    ...EXPLANATIONS[code as ErrorCode],
  })),
  ...Object.entries(FINDING_CODES).map(([code, meaning]) => ({
    code,
    exit_code: ERROR_CODES.SCHEMA_VIOLATION.exit,
    meaning,
    ...EXPLANATIONS.SCHEMA_VIOLATION,
  })),
];

function chosen(asked: string | undefined): readonly Explained[] {
  if (asked === undefined) return ALL;
  const word = asked.toUpperCase().replaceAll('-', '_');
  const found = ALL.filter(({ code, exit_code: exit }) => code === word || String(exit) === word);
  if (found.length > 0) return found;
  if (Object.hasOwn(EXIT_MEANINGS, word)) return [];
  const near = nearestNames(
    word,
    ALL.map(({ code }) => code),
  )[0];
  throw new MlctlError('USAGE', `"${asked.slice(0, 100)}" is neither an error code nor an exit code`, {
    hint: near === undefined ? '`mlctl explain` lists them' : `did you mean ${near}?`,
  });
}

function oneText(style: Style, { code, exit_code: exit, meaning, causes, next }: Explained): string {
  return [
    style.bold(code),
    facts(style, [
      ['meaning', meaning],
      ['exit', `${exit}: ${EXIT_MEANINGS[exit as keyof typeof EXIT_MEANINGS]}`],
      ['usually', causes],
      ['type', next],
      ['more', docsLink('error-codes.md')],
    ]),
  ].join('\n');
}

export const explain: Command = {
  name: 'explain',
  arguments: [
    {
      name: '[code]',
      meaning: 'An error code such as MODEL_NOT_FOUND, or an exit code (default: all).',
      choices: ALL.map(({ code }) => code),
    },
  ],
  options: [],
  examples: [
    { does: 'what an error means, and what to do', line: 'mlctl explain INTEGRITY_MISMATCH' },
    { does: 'what exit code 6 can mean', line: 'mlctl explain 6' },
  ],
  exits: [],
  environment: [],
  deadline: false,
  doing: '',
  run: async (_world, { args }) => {
    const codes = chosen(args[0]);
    const [first] = codes;
    return {
      document: { codes },
      exit: 0,
      text: (style) =>
        first !== undefined && codes.length === 1
          ? oneText(style, first)
          : codes.length === 0
            ? `${args[0]}: ${EXIT_MEANINGS[Number(args[0]) as keyof typeof EXIT_MEANINGS]}; no error has this exit code`
            : table<Explained>(
                style,
                [
                  { title: 'code', of: ({ code }) => code, kept: true },
                  { title: 'exit', right: true, of: ({ exit_code: exit }) => exit, kept: true },
                  { title: 'meaning', of: ({ meaning }) => meaning, most: 140, least: 24 },
                ],
                codes,
                '',
              ),
    };
  },
};
