// Turns the verdict of smoke into a section: each check with what it found, and why those that did not run could not.
import type { CheckDocument } from '../../documents/check.js';
import { exactTime } from '../../text/exact-time.js';
import { type Html, html } from './html.js';
import type { ModelCard } from './model-card.js';
import { cardTable, section } from './section.js';

const MARKS: Readonly<Record<CheckDocument['status'], string>> = { pass: '✔', fail: '✖', warn: '▲', skip: '–' };

const MARKUP: Readonly<Record<CheckDocument['status'], (mark: string) => Html>> = {
  pass: (mark) => html`<span class="pass" title="passed">${mark}</span>`,
  fail: (mark) => html`<span class="fail" title="failed">${mark}</span>`,
  warn: (mark) => html`<span class="warn" title="warning">${mark}</span>`,
  skip: (mark) => html`<span class="muted" title="skipped">${mark}</span>`,
};

export function checksSection({ smoke }: ModelCard): Html {
  const { checks, started } = smoke;
  return section('Checks', `mlctl smoke, ${exactTime(started)}`, [
    cardTable<CheckDocument>(
      [
        { title: '', whole: true, of: ({ status }) => MARKUP[status](MARKS[status]) },
        { title: 'check', whole: true, of: ({ name }) => name },
        { title: 'found', of: ({ message }) => message },
      ],
      // The report asks for no latency.
      checks.filter(({ name, status }) => !(name === 'latency' && status === 'skip')),
    ),
  ]);
}
