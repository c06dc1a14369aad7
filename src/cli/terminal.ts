// The two streams people and programs read: stdout for the answer, stderr for everything else. Colour is decided here once
// per stream and imposed on chalk and ora, which are loaded only where they will really show something.
import { imposeColour } from '../env.js';
import { ciListens } from '../settings/ci-listens.js';
import { breakCommands } from '../text/ci-commands.js';
import { printable } from '../text/printable.js';
import { redactText } from '../text/redact.js';
import { type ColourFlag, speaksUnicode, wantsColour, wantsMotion } from './colour-rules.js';
import { openBar } from './open-bar.js';
import { mark, plainStyle, type Style } from './style.js';
import { wrap } from './wrap.js';

export interface Terminal {
  readonly out: Style;
  readonly err: Style;
  /** Whether the line of progress is shown, so that it can be overwritten. */
  readonly moves: boolean;
  /** The answer, to stdout. */
  answer(text: string): void;
  /** Lines for the runner of a CI job, which it is to take for commands; to stdout. */
  command(lines: readonly string[]): void;
  /** A remark; silent with --quiet. */
  note(text: string): void;
  warn(text: string): void;
  /** Lines that are shown whatever the flags say. */
  error(text: string): void;
  /** As note, only with --verbose. */
  detail(text: string): void;
  /** Shows that work goes on, where somebody watches. */
  progress(text: string): Promise<Progress>;
}

interface Progress {
  /** `share`: how much of it is done, where that is known. */
  update(text: string, share?: number): void;
  stop(): void;
}

export const NO_PROGRESS: Progress = { update: () => {}, stop: () => {} };

interface TerminalOptions {
  readonly colour: ColourFlag;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
}

async function styleOf(stream: NodeJS.WriteStream, options: TerminalOptions): Promise<Style> {
  const plain = plainStyle(
    speaksUnicode(options.env, process.platform),
    stream.isTTY ? Math.min(Math.max(stream.columns || 80, 40), 100) : 80,
    stream.isTTY ? Math.max(stream.columns || 80, 40) : Number.POSITIVE_INFINITY,
  );
  if (!wantsColour(options.colour, options.env, stream.isTTY === true)) return plain;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  const { bold, dim, red, green, yellow, cyan } = chalk;
  return { ...plain, bold, dim, red, green, yellow, cyan };
}

/** A terminal that says it has no columns (a pseudo-terminal nobody sized) cannot be drawn on: ora would wrap without end. */
const NARROWEST = 20;

/** One remark is one line whatever is in it; the text may come from a file or a server. Only a terminal has it broken, at spaces. */
const line = (text: string) => printable(redactText(text), 2000);

export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const [out, err] = [await styleOf(process.stdout, options), await styleOf(process.stderr, options)];
  const moves = wantsMotion(options.env, process.stderr.isTTY === true && process.stderr.columns >= NARROWEST, options);
  const guard = ciListens(options.env) ? breakCommands : (text: string) => text;
  let spinner: { stop(): unknown; start(): unknown } | undefined;
  /** Writes above the spinner, where one turns. */
  const say = (text: string) => {
    spinner?.stop();
    process.stderr.write(`${guard(text)}\n`);
    spinner?.start();
  };
  const told = (text: string): string =>
    wrap(line(text), err.columns)
      .map((part) => err.dim(part))
      .join('\n');
  return {
    out,
    err,
    moves,
    answer: (text) => {
      if (text !== '') process.stdout.write(`${guard(text)}\n`);
    },
    command: (lines) => {
      for (const one of lines) process.stdout.write(`${one}\n`);
    },
    note: (text) => {
      if (!options.quiet) say(told(text));
    },
    detail: (text) => {
      if (options.verbose) say(told(text));
    },
    warn: (text) => {
      const lead = '! warning: ';
      const words = wrap(`${lead}${line(text)}`, err.columns)
        .join('\n')
        .slice(lead.length);
      say(`${mark(err, 'warn')} ${err.yellow('warning:')} ${words}`);
    },
    error: say,
    progress: async (text) => {
      if (!moves) return NO_PROGRESS;
      imposeColour(wantsColour(options.colour, options.env, true));
      const { default: ora } = await import('ora');
      const colour = wantsColour(options.colour, options.env, true) ? 'cyan' : false;
      const turning = ora({ text, stream: process.stderr, discardStdin: false, color: colour as 'cyan' });
      const bar = openBar(err.unicode);
      spinner = turning;
      turning.start();
      return {
        update: (news, share) => {
          const what = line(news);
          turning.text = share === undefined ? what : `${what} ${bar(what.replace(/[\d.,]+/g, ''), share)}`;
          // What comes next may not let the spinner draw.
          turning.render();
        },
        stop: () => {
          turning.stop();
          spinner = undefined;
        },
      };
    },
  };
}
