// Turns the run behind a model into the section that says who trained it, when, with which data, code and dependencies.
import { exactTime } from '../../text/exact-time.js';
import { duration } from '../../text/numbers.js';
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

function codeOf(lineage: NonNullable<ModelCard['lineage']>): Html | null {
  const { git_commit: commit, git_dirty: dirty } = lineage;
  if (commit === null) return null;
  const state = dirty === true ? ', with uncommitted changes' : dirty === false ? ', clean' : '';
  return html`commit <code>${commit}</code>${state}`;
}

/** Versions that the run recorded, then those that the package names. */
function versionsOf({ lineage, madeWith }: ModelCard): string | null {
  const tag = (key: string, name: string): string[] => {
    const version = lineage?.tags[key];
    return version === undefined ? [] : [`${name} ${version}`];
  };
  const found = [
    ...tag('mlctl.version', 'mlctl'),
    ...tag('mlctl.node_version', 'Node'),
    ...tag('mlctl.onnxruntime_version', 'ONNX Runtime'),
    ...madeWith.map(([name, value]) => `${name} ${value}`),
  ];
  return found.length === 0 ? null : found.join(', ');
}

export function lineageSection(card: ModelCard): Html {
  const { lineage, recipe, requirements } = card;
  const note = 'who trained it, when, with which data, code and dependencies';
  const made =
    requirements.length === 0
      ? null
      : html`<h3>Python packages</h3><pre>${linesOf(requirements.join('\n'), MOST_LINES)}</pre>`;
  if (lineage === null)
    return section('Lineage', note, [
      html`<p>No run is recorded for this model, so nobody can say where it comes from.</p>`,
      factList([['Versions', versionsOf(card)]]),
      made,
    ]);
  const { data } = lineage;
  return section('Lineage', note, [
    factList([
      [
        'Run',
        html`${lineage.run_name} <code>${lineage.run_id}</code>${lineage.run_status !== 'FINISHED' && html` <span class="warn">${lineage.run_status}</span>`}`,
      ],
      ['Experiment', lineage.experiment ?? lineage.experiment_id],
      ['By', lineage.user],
      ['Started', timesOf(lineage)],
      ['Source', lineage.source],
      ['Code', codeOf(lineage)],
      ['Recipe', code(lineage.tags['mlctl.recipe_digest'] ?? null)],
      ['Versions', versionsOf(card)],
    ]),
    html`<h3>Data</h3>`,
    data.length === 0
      ? html`<p class="muted">not recorded</p>`
      : cardTable(
          [
            { title: 'data set', of: ({ name }) => name },
            { title: 'for', whole: true, of: ({ context }) => context },
            { title: 'digest', of: ({ digest }) => code(digest) },
            { title: 'from', of: ({ source }) => (source.startsWith('{') ? null : source) },
          ],
          data,
        ),
    recipe === null ? null : html`<h3>Recipe</h3><pre>${linesOf(recipe, MOST_LINES)}</pre>`,
    made,
  ]);
}
