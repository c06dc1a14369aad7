// Turns metrics and params into their sections of the card.
import { metricWords } from '../../documents/metric-words.js';
import { grouped, shortNumber } from '../../text/numbers.js';
import { type Html, html } from './html.js';
import type { ModelCard } from './model-card.js';
import { section } from './section.js';

/** Those that most readers look for come first. */
const FIRST = [
  'val_acc',
  'val_f1',
  'val_precision',
  'val_recall',
  'val_roc_auc',
  'val_log_loss',
  'val_r2',
  'val_rmse',
  'val_mae',
  'val_mape',
];
const TILES = 12;
const MOST = 200;

const namedValues = (entries: readonly (readonly [string, string])[]): Html =>
  html`<dl class="names">${entries
    .slice(0, MOST)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>${
    entries.length > MOST && html`<p class="muted">… and ${grouped(entries.length - MOST)} more</p>`
  }`;

export function metricsSection({ lineage, signature }: ModelCard): Html | null {
  const entries = Object.entries(lineage?.metrics ?? {});
  if (entries.length === 0) return null;
  const place = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const sorted = entries.toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
  const classes = (signature?.outputs ?? []).length - 1;
  const tile = ([name, value]: (typeof entries)[number]): Html => {
    const words = metricWords(name, classes);
    return html`<div><dt>${name}${words !== null && html`<small>${words}</small>`}</dt><dd>${shortNumber(
      typeof value === 'number' ? Number(value.toPrecision(4)) : value,
    )}</dd></div>`;
  };
  const rest = sorted.slice(TILES).map(([name, value]) => [name, shortNumber(value)] as const);
  return section('Metrics', 'as the run logged them', [
    html`<dl class="tiles">${sorted.slice(0, TILES).map(tile)}</dl>`,
    rest.length > 0 ? namedValues(rest) : null,
  ]);
}

export function paramsSection({ lineage }: ModelCard): Html | null {
  const entries = Object.entries(lineage?.params ?? {});
  return entries.length === 0 ? null : section('Parameters', null, [namedValues(entries)]);
}
