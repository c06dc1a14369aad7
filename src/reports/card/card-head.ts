// Turns what a model is into the head of its card: its name, its version, what points to it, and whether it may ship.
import type { CheckDocument } from '../../documents/check.js';
import { exactTime } from '../../text/exact-time.js';
import { plural } from '../../text/numbers.js';
import { type Html, html, linesOf } from './html.js';
import type { ModelCard } from './model-card.js';

const VERIFIED: Readonly<Record<ModelCard['verified'], string>> = {
  registry: 'its files match the digest in the registry',
  run: 'its files match the digest that the run recorded',
  none: 'no digest was recorded for its files',
};

/** Of a description. */
const MOST_LINES = 40;

/** The name that people use: the registered one, else the run's, else the last part of the place. */
export function nameOf({ resolved, lineage, uri }: ModelCard): string {
  return resolved.name ?? lineage?.run_name ?? uri.split(/[/\\]/).findLast((part) => part !== '') ?? uri;
}

function verdictChip({ checks, error }: ModelCard['smoke']): Html {
  const count = (status: CheckDocument['status']): number => checks.filter((check) => check.status === status).length;
  if (count('fail') > 0 || error)
    return html`<li class="fail">smoke failed: ${checks
      .filter(({ status }) => status === 'fail')
      .map(({ name }) => name)
      .join(', ')}</li>`;
  if (count('warn') > 0) return html`<li class="warn">smoke passed with ${plural(count('warn'), 'warning')}</li>`;
  return html`<li class="pass">smoke passed ${plural(count('pass'), 'check')}</li>`;
}

export function cardHead(card: ModelCard): Html {
  const { resolved, lineage, registered, places, verified } = card;
  const [data] = lineage?.data ?? [];
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Flavor', card.flavor],
    ['Trained', lineage?.started && exactTime(lineage.started)],
    ['By', lineage?.user],
    ['Data', data?.name],
    ['Registered', registered && exactTime(registered)],
  ];
  return html`<header>
<p class="eyebrow">Model card</p>
<h1>${nameOf(card)}${resolved.version !== null && html` <span>version ${resolved.version}</span>`}</h1>
<p class="mono muted">${card.uri}</p>
<ul class="chips">${places.map((place) => html`<li>${place}</li>`)}${verdictChip(card.smoke)}${
    verified === 'none' ? html`<li class="warn">${VERIFIED.none}</li>` : html`<li>${VERIFIED[verified]}</li>`
  }</ul>${card.description !== '' && html`\n<p class="about">${linesOf(card.description, MOST_LINES)}</p>`}
<dl class="glance">${facts.map(([name, value]) => value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>
`;
}
