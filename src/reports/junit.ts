// A smoke document as JUnit XML: the suite is the model URI, a case is a check, so that CI shows which check failed.
import type { SmokeDocument } from '../documents/smoke.js';
import { escapeXml } from './escape-xml.js';

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

/** Without what the message says already: names that were looked for are listed there. */
function unsaid(details: Readonly<Record<string, unknown>>, message: string): Readonly<Record<string, unknown>> {
  const said = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.length > 0 && value.every((item) => typeof item !== 'object' && message.includes(String(item)))
      : typeof value === 'string' && value !== '' && message.includes(value);
  return Object.fromEntries(Object.entries(details).filter(([, value]) => !said(value)));
}

/** `failure` for fail, `skipped` for skip; a warning passes and says so in `system-out`. */
export function formatJunit(document: SmokeDocument): string {
  const uri = escapeXml(document.uri, 1000);
  const count = (status: string) => document.checks.filter((check) => check.status === status).length;
  const totals = `tests="${document.checks.length}" failures="${count('fail')}" errors="0" skipped="${count('skip')}" time="${(document.elapsed_ms / 1000).toFixed(3)}"`;
  const cases = document.checks.flatMap((check) => {
    const time = ((check.elapsed_ms ?? 0) / 1000).toFixed(3);
    const open = `    <testcase name="${check.name}" classname="mlctl.smoke" time="${time}"`;
    const message = escapeXml(check.message, LONGEST_LINE);
    const more = [check.hint === null ? '' : `hint: ${check.hint}`, facts(unsaid(check.details, check.message))];
    const text = [check.message, ...more].filter((part) => part !== '').join('\n');
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
    `  <testsuite name="${uri}" ${totals} timestamp="${escapeXml(document.started.slice(0, 19), 40)}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')}\n`;
}
