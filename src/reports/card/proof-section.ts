// Turns the lines of an audit into the section that says what of all this is proven, and by what.
import type { AuditLineDocument, AuditVerdict } from '../../documents/audit.js';
import { type Html, html } from './html.js';
import type { ModelCard } from './model-card.js';
import { cardTable, section } from './section.js';

const WORDS: Readonly<Record<AuditVerdict, () => Html>> = {
  proven: () => html`<span class="pass">proven</span>`,
  recorded: () => html`recorded`,
  unknown: () => html`<span class="muted">unknown</span>`,
  refuted: () => html`<span class="fail">refuted</span>`,
};

export function proofSection({ proof }: ModelCard): Html {
  const note = 'the lines of an audit; proven: computed again, or compared with a record kept elsewhere';
  if (typeof proof === 'string')
    return section('Proof', null, [html`<p class="muted">The model was not audited: ${proof}</p>`]);
  return section('Proof', note, [
    cardTable<AuditLineDocument>(
      [
        { title: 'claim', whole: true, of: ({ id }) => id },
        { title: 'verdict', whole: true, of: ({ verdict }) => WORDS[verdict]() },
        { title: 'found', of: ({ message }) => message },
      ],
      proof,
    ),
  ]);
}
