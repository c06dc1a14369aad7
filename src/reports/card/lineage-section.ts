// Turns the run behind a model into the section that says who trained it, when, with which data, code and dependencies.

import type { DataLineage, GitLineage, Lineage } from '../../lineage/types.js';
import { exactTime } from '../../text/exact-time.js';
import { duration, grouped, plural } from '../../text/numbers.js';
import { type Html, html, linesOf } from './html.js';
import type { ModelCard } from './model-card.js';
import { cardTable, factList, section } from './section.js';

const MOST_LINES = 120;

const code = (text: string | null): Html | null => (text === null ? null : html`<code>${text}</code>`);

function timesOf({ started, ended }: NonNullable<ModelCard['lineage']>): string | null {
  if (started === null) return null;
  const took = ended === null ? '' : `, took ${duration(Date.parse(ended) - Date.parse(started))}`;
  return `${exactTime(started)}${took}`;
}

function codeOf({ commit, branch, remote, dirty, diff_digest: diff, folder, unknown }: GitLineage): Html | null {
  if (commit === null)
    return unknown.commit === undefined ? null : html`<span class="muted">not recorded: ${unknown.commit}</span>`;
  const state = dirty === true ? ', with uncommitted changes' : dirty === false ? ', clean' : '';
  return html`commit <code>${commit}</code>${branch !== null && html` of ${branch}`}${state}${
    remote !== null && html`<br><small>${remote}${folder !== null && folder !== '' && html`, folder ${folder}`}</small>`
  }${diff !== null && html`<br><small>changes <code>${diff}</code></small>`}`;
}

function recipeOf({ recipe }: Lineage): Html | null {
  if (recipe === null) return null;
  return html`<code>${recipe.digest}</code>${recipe.file !== null && html`<br><small>${recipe.file}</small>`}`;
}

function splitOf({ split, seeds }: Lineage): Html | null {
  const named = Object.entries(seeds).map(([name, seed]) => `${name} ${seed}`);
  if (split === null) return named.length === 0 ? null : html`${named.join(', ')}`;
  return html`${plural(split.train, 'row')} to train on, ${plural(split.test, 'row')} to test${
    named.length > 0 && html`; ${named.join(', ')}`
  }<br><small><code>${split.digest}</code></small>`;
}

/** Versions that the run recorded, then those that the package names. */
function versionsOf({ origin, madeWith }: ModelCard): string | null {
  const { mlctl = null, node = null, onnxruntime = null, platform = null } = origin?.versions ?? {};
  const recorded = [
    ['mlctl', mlctl],
    ['Node', node],
    ['ONNX Runtime', onnxruntime],
    ['on', platform],
  ].flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]));
  const found = [...recorded, ...madeWith.map(([name, value]) => `${name} ${value}`)];
  return found.length === 0 ? null : found.join(', ');
}

const dataTable = (data: readonly DataLineage[]): Html =>
  cardTable<DataLineage>(
    [
      { title: 'data set', of: ({ name }) => name },
      { title: 'rows', right: true, of: ({ rows }) => (rows === null ? null : grouped(rows)) },
      { title: 'digest', of: ({ digest }) => code(digest) },
      { title: 'from', of: ({ source, name }) => (source === name ? null : source) },
    ],
    data,
  );

export function lineageSection(card: ModelCard): Html {
  const { lineage, origin, originFault, recipe, requirements } = card;
  const note = 'who trained it, when, with which data, code and dependencies';
  const made =
    requirements.length === 0
      ? null
      : html`<h3>Python packages</h3><pre>${linesOf(requirements.join('\n'), MOST_LINES)}</pre>`;
  if (lineage === null || origin === null)
    return section('Lineage', note, [
      html`<p>No run is recorded for this model, so nobody can say where it comes from.</p>`,
      factList([['Versions', versionsOf(card)]]),
      made,
    ]);
  const status = lineage.run_status === 'FINISHED' ? null : html` <span class="warn">${lineage.run_status}</span>`;
  return section('Lineage', note, [
    originFault === null ? null : html`<p class="warn">${originFault}</p>`,
    factList([
      ['Run', html`${lineage.run_name} <code>${lineage.run_id}</code>${status}`],
      ['Experiment', lineage.experiment ?? lineage.experiment_id],
      ['By', origin.user ?? lineage.user],
      ['Started', timesOf(lineage)],
      ['Source', origin.source ?? lineage.source],
      ['Code', codeOf(origin.git)],
      ['Recipe', recipeOf(origin)],
      ['Split', splitOf(origin)],
      ['Versions', versionsOf(card)],
      ...(origin.given === null
        ? []
        : [['Given', html`${origin.given.path}<br><small><code>${origin.given.digest}</code></small>`] as const]),
    ]),
    html`<h3>Data</h3>`,
    origin.data.length === 0 ? html`<p class="muted">not recorded</p>` : dataTable(origin.data),
    recipe === null ? null : html`<h3>Recipe</h3><pre>${linesOf(recipe, MOST_LINES)}</pre>`,
    made,
  ]);
}
