// A smoke document as JUnit XML: the suite is the model URI, a case is a check, so that CI shows which check failed.
import type { SmokeDocument } from '../documents/smoke.js';
import { escapeXml } from './svg.js';

const LONGEST_LINE = 2000;
const MOST_LINES = 200;

/** Several lines of untrusted text: line breaks stay, everything else is made printable. */
function body(text: string): string {
  const lines = text.split('\n');
  const shown = lines.slice(0, MOST_LINES).map((line) => escapeXml(line, LONGEST_LINE));
  if (lines.length > MOST_LINES) shown.push(`… (${lines.length - MOST_LINES} more lines)`);
  return shown.join('\n');
}

/** Facts as JSON; longs beyond 2^53 as text, NaN and infinities as words. */
function facts(details: Readonly<Record<string, unknown>>): string {
  if (Object.keys(details).length === 0) return '';
  return JSON.stringify(
    details,
    (_, value: unknown) =>
      typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value,
    2,
  );
}

/** `failure` for fail, `skipped` for skip; a warning passes and says so in `system-out`. */
export function formatJunit(document: SmokeDocument): string {
  const uri = escapeXml(document.uri, 1000);
  const count = (status: string) => document.checks.filter((check) => check.status === status).length;
  const totals = `tests="${document.checks.length}" failures="${count('fail')}" errors="0" skipped="${count('skip')}" time="${(document.elapsed_ms / 1000).toFixed(3)}"`;
  const cases = document.checks.flatMap((check) => {
    const open = `    <testcase name="${check.name}" classname="mlctl.smoke"`;
    const message = escapeXml(check.message, LONGEST_LINE);
    const text = [check.message, check.hint === null ? '' : `hint: ${check.hint}`, facts(check.details)]
      .filter((part) => part !== '')
      .join('\n');
    switch (check.status) {
      case 'fail':
        return [
          `${open}>`,
          `      <failure message="${message}" type="${check.name}">${body(text)}</failure>`,
          '    </testcase>',
        ];
      case 'skip':
        return [`${open}>`, `      <skipped message="${message}"/>`, '    </testcase>'];
      case 'warn':
        return [`${open}>`, `      <system-out>${body(`warning: ${text}`)}</system-out>`, '    </testcase>'];
      default:
        return [`${open}>`, `      <system-out>${body(text)}</system-out>`, '    </testcase>'];
    }
  });
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="mlctl smoke" ${totals}>`,
    `  <testsuite name="${uri}" ${totals}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')}\n`;
}
