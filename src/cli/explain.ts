// An error into what people and programs are told: code, message, hint, details, exit code. Whatever is not an MlctlError is a
// failing of the machine that has a name (a full disk), or a bug.
import { ERROR_CODES, type ErrorCode, type ExitCode } from '../errors/codes.js';
import { MlctlError } from '../errors/error.js';
import { systemError } from '../errors/system-error.js';
import { printable } from '../text/printable.js';
import { redactText } from '../text/redact.js';
import { safeDetails } from '../text/safe-details.js';
import { VERSION } from '../version.js';
import { type FindingLike, findingLines } from './render/findings.js';
import { hintLines } from './render/hint-lines.js';
import { mark, plainStyle, type Style } from './style.js';
import { wrap } from './wrap.js';

interface Explained {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly exit: ExitCode;
  readonly stack: string | null;
}

const MOST_MESSAGE = 2000;

const safe = (text: string, most = MOST_MESSAGE): string => printable(redactText(text), most);

/** Bugs come first; and of a deadline, what it was waited for: a server (6) or a model (7, contract §8.5). */
function tellsMore(error: MlctlError, stopped: MlctlError): boolean {
  if (stopped.code === 'DEADLINE_PASSED' && error.code === 'MODEL_TIMEOUT') return true;
  return error.exitCode === 70 || error.code === stopped.code;
}

function asMlctlError(error: unknown, stopped: unknown): MlctlError {
  // After an abort, report the abort, not the failures that followed from it.
  if (stopped instanceof MlctlError && !(error instanceof MlctlError && tellsMore(error, stopped))) return stopped;
  if (error instanceof MlctlError) return error;
  const refused = systemError(error);
  if (refused !== null) return refused;
  if (error instanceof Error) return new MlctlError('BUG', `${error.name}: ${error.message}`, { cause: error });
  return new MlctlError('BUG', `something was thrown that is not an error: ${String(error)}`);
}

/** `stopped`: the reason of the aborted signal; `heard`: the last remark before. */
export function explain(error: unknown, stopped?: unknown, heard?: string): Explained {
  const known = asMlctlError(error, stopped);
  const last = known.code === 'DEADLINE_PASSED' && heard ? `; last: ${heard}` : '';
  const cause = known.cause instanceof Error ? known.cause : undefined;
  return {
    code: known.code,
    message: safe(messageOf(known) + last),
    hint: known.hint === undefined ? null : safe(known.hint),
    details: safeDetails(known.details),
    exit: ERROR_CODES[known.code].exit,
    stack: redactText([known.stack, cause?.stack && `caused by ${cause.stack}`].filter(Boolean).join('\n')),
  };
}

export function errorDocument(explained: Explained): Record<string, unknown> {
  const { code, message, hint, details, exit } = explained;
  return { code, message, hint, details, exit_code: exit };
}

/** Findings are listed below the message; a message that lists them too is cut to its first line. */
function messageOf({ message, details }: MlctlError): string {
  if (!Array.isArray(details.findings)) return message;
  return (message.split('\n', 1)[0] ?? '').replace(/:\s*$/, '');
}

function findingsOf({ details, message }: Explained, style: Style): string[] {
  const listed = Array.isArray(details.groups) ? details.groups : details.findings;
  const findings = Array.isArray(listed) ? (listed as FindingLike[]) : [];
  // A single one may be the message itself.
  if (findings.length === 1 && message.includes(String(findings[0]?.message))) return [];
  return findingLines(style, findings, typeof details.total === 'number' ? details.total : findings.length);
}

/** The error for people, several lines; the last is the next thing to do. */
export function errorText(explained: Explained, style: Style, line: string, debug: boolean): string {
  const lead = `${mark(plainStyle(style.unicode), 'fail')} error:`;
  const words = explained.message
    .split('\n')
    .flatMap((part, k) => wrap(k === 0 ? `${lead} ${part}` : part, style.columns))
    .join('\n')
    .slice(lead.length);
  const lines = [`${mark(style, 'fail')} ${style.red('error:')}${words}`, ...findingsOf(explained, style)];
  if (debug && explained.stack) lines.push(style.dim(explained.stack));
  lines.push(style.dim(`  code: ${explained.code}, exit ${explained.exit} (mlctl explain ${explained.code})`));
  if (explained.code === 'BUG') {
    lines.push(
      '  This is a bug in mlctl. To report it, copy these lines, and the stack that MLCTL_DEBUG=1 shows:',
      `    mlctl ${VERSION}, node ${process.version}, ${process.platform} ${process.arch}`,
      `    $ ${safe(line, 500)}`,
      `    ${explained.message}`,
    );
  }
  if (explained.hint) lines.push(...hintLines(style, explained.hint));
  return lines.join('\n');
}
