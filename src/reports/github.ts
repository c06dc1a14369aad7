// A smoke document as GitHub Actions reads it: annotations (workflow commands on stdout) and a table for the step summary.
// Escapes as of docs.github.com, "Workflow commands": % CR LF everywhere, and : , in properties.
import type { CheckDocument } from '../documents/check.js';
import type { SmokeDocument } from '../documents/smoke.js';
import { breakCommands } from '../text/ci-commands.js';
import { printable } from '../text/printable.js';

const MOST_MESSAGE = 1000;

const data = (text: string) =>
  breakCommands(printable(text, MOST_MESSAGE)).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function annotation(document: SmokeDocument, check: CheckDocument): string {
  const kind = check.status === 'fail' ? 'error' : 'warning';
  const hint = check.hint === null ? '' : ` (hint: ${check.hint})`;
  return `::${kind} title=${property(`mlctl smoke: ${check.name}`)}::${data(`${document.uri}: ${check.message}${hint}`)}`;
}

/** One line for each check that failed or warns; GitHub shows ten annotations of a kind. */
export function formatAnnotations(document: SmokeDocument): string[] {
  return document.checks
    .filter((check) => check.status === 'fail' || check.status === 'warn')
    .map((check) => annotation(document, check));
}

const cell = (text: string) =>
  printable(text, MOST_MESSAGE)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('`', '\\`');

/** A Markdown table of the checks under a heading. */
export function formatStepSummary(document: SmokeDocument): string {
  const failed = document.checks.filter((check) => check.status === 'fail').length;
  const verdict = failed > 0 || document.error ? `failed (${failed} of ${document.checks.length})` : 'passed';
  return [
    `### mlctl smoke: ${verdict}`,
    '',
    cell(document.uri),
    '',
    '| check | status | found |',
    '| --- | --- | --- |',
    ...document.checks.map((check) => `| ${check.name} | ${check.status} | ${cell(check.message)} |`),
    '',
  ].join('\n');
}
