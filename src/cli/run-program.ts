// One run of the program: parse, settle the settings, run the command, write its answer, or explain what went wrong.
import { processEnvironment } from '../env.js';
import { readSetting } from '../settings/read-setting.js';
import { SETTINGS } from '../settings/settings.js';
import { duration } from '../text/numbers.js';
import { createWorld, monotonicMs } from '../world.js';
import type { Answer, Settings } from './command.js';
import { commandName } from './command-name.js';
import { errorDocument, errorText, explain } from './explain.js';
import { jsonText } from './json-text.js';
import { glance, resolveSettings } from './options.js';
import { restOfDocument } from './row-document.js';
import { openStopping, PipeClosed } from './stopping.js';
import { NO_PROGRESS, openTerminal, type Terminal } from './terminal.js';

/** A server answers what is under way: a request may take this long. */
const DRAIN_MS = 35_000;

const columns = () => (process.stdout.isTTY ? Math.min(Math.max(process.stdout.columns || 80, 60), 100) : 80);

const write = (text: string) => process.stdout.write(`${text}\n`);

async function showOverview(): Promise<number> {
  const { overview } = await import('./help/help.js');
  write(overview(columns()));
  return 0;
}

function writeAnswer(answer: Answer, schema: string, settings: Settings, terminal: Terminal): void {
  if (answer.written) return;
  if (settings.json) write(jsonText({ schema, ok: answer.exit === 0, ...answer.document }));
  else terminal.answer(((settings.quiet && answer.verdict) || answer.text)(terminal.out));
  terminal.command(answer.commands ?? []);
}

export async function runProgram(argv: readonly string[]): Promise<number> {
  const stopping = openStopping();
  /** The last remark: what a deadline was spent on. */
  let heard: string | undefined;
  let debug = false;
  const env = processEnvironment();
  const seen = glance(argv);
  const name = commandName(argv);
  const schema = name === undefined || !/^[a-z]+$/.test(name) ? 'mlctl/1' : `mlctl.${name}/1`;
  try {
    if (argv.length === 0 || (argv.length === 1 && ['help', '--help', '-h'].includes(argv[0]!)))
      return await showOverview();
    debug = readSetting(env, 'MLCTL_DEBUG');
    const { parseCommandLine } = await import('./parse-command-line.js');
    const parsed = await parseCommandLine(argv);
    if (parsed.kind === 'overview') return await showOverview();
    if (parsed.kind === 'version') {
      const { VERSION } = await import('../version.js');
      write(`mlctl ${VERSION}`);
      return 0;
    }
    if (parsed.kind === 'topic') {
      write(parsed.text(columns()));
      return 0;
    }
    if (parsed.kind === 'help') {
      const { commandHelp } = await import('./help/help.js');
      write(commandHelp(parsed.command, columns()));
      return 0;
    }
    const { command, args, flags } = parsed;
    const cwd = process.cwd();
    const { settings, env: completed } = resolveSettings(flags, env, cwd, command.deadline);
    const terminal = await openTerminal({ ...settings, colour: seen.colour, env });
    for (const file of settings.configFiles) terminal.detail(`settings from ${file}`);
    const startSeconds = settings.timeout ?? SETTINGS.MLCTL_TIMEOUT.reader.unset;
    const onlyForRemotes = settings.timeout === null || command.staysUp === true;
    if (settings.timeout !== null && !onlyForRemotes) stopping.startDeadline(settings.timeout, `mlctl ${command.name}`);
    let progress = NO_PROGRESS;
    const world = createWorld({
      // Code that reads the environment also sees the flag.
      env: settings.offline ? { ...completed, MLCTL_OFFLINE: '1' } : completed,
      cwd,
      signal: stopping.signal,
      note: (text) => {
        heard = text;
        terminal.note(text);
      },
      passing: (text) => {
        heard = text;
        if (terminal.moves) progress.update(`${command.doing}: ${text}`);
        else terminal.note(text);
      },
      warn: terminal.warn,
      progress: (text, share) => progress.update(`${command.doing}: ${text}`, share),
      // Local work may take its time; servers may not, unless somebody said how long.
      ...(onlyForRemotes
        ? { remoteDeadline: () => stopping.startDeadline(startSeconds, `mlctl ${command.name}`) }
        : {}),
    });
    const started = monotonicMs();
    progress = command.doing === '' ? NO_PROGRESS : await terminal.progress(command.doing);
    try {
      const answer = await stopping.within(
        command.run(world, { args, flags, settings, terminal }),
        command.staysUp === true ? DRAIN_MS : undefined,
      );
      progress.stop();
      writeAnswer(answer, schema, settings, terminal);
      await stopping.flushed();
      terminal.detail(`done in ${duration(monotonicMs() - started)}`);
      return answer.exit;
    } finally {
      progress.stop();
    }
  } catch (error) {
    if (stopping.signal.reason instanceof PipeClosed) return 0;
    const explained = explain(error, stopping.signal.reason, heard);
    const terminal = await openTerminal({ ...seen, env });
    if (seen.json) {
      const news = { ok: false, error: errorDocument(explained) };
      write(restOfDocument(error, news) ?? jsonText({ schema, ...news }));
    }
    terminal.error(errorText(explained, terminal.err, ['mlctl', ...argv].join(' '), debug));
    return explained.exit;
  } finally {
    stopping.release();
    // Work that did not stop in time must not keep the process.
    if (stopping.abandoned()) setTimeout(() => process.exit(), 100);
  }
}
