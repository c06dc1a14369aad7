// Registered models as a table, or one with its versions.
import type { ModelsDocument, ModelVersionDocument, RegisteredModelDocument } from '../../../operations/models.js';
import { exactTime } from '../../../text/exact-time.js';
import type { Style } from '../../style.js';
import { facts } from '../facts.js';
import { shortId } from '../short-id.js';
import { table } from '../table.js';
import { timeWords } from '../times.js';

const stageOf = (version: ModelVersionDocument) =>
  version.stage === null || version.stage === 'None' ? '' : version.stage;

const aliasesOf = (aliases: Readonly<Record<string, number>>) =>
  Object.entries(aliases)
    .map(([alias, version]) => `@${alias} ${version}`)
    .join(', ');

function stagesOf(model: RegisteredModelDocument): string {
  return model.versions
    .filter((version) => stageOf(version) !== '')
    .map((version) => `${stageOf(version)} ${version.version}`)
    .join(', ');
}

export function modelsText(style: Style, { models, more }: ModelsDocument): string {
  if (models.length === 0) return 'no registered models';
  const shown = table<RegisteredModelDocument>(
    style,
    [
      { title: 'name', of: (model) => model.name, kept: true, least: 16 },
      {
        title: 'newest',
        right: true,
        of: (model) => Math.max(0, ...model.versions.map(({ version }) => version)) || '',
      },
      { title: 'aliases', of: (model) => aliasesOf(model.aliases), least: 12 },
      { title: 'stages', of: stagesOf, least: 12 },
      { title: 'updated', of: (model) => timeWords(style, model.updated) },
    ],
    models,
    '',
  );
  return more ? `${shown}\n${style.dim('… more with --max')}` : shown;
}

const timeOf = (iso: string | null): string | null => (iso === null ? null : exactTime(iso));

export function modelText(style: Style, model: RegisteredModelDocument): string {
  const head = facts(style, [
    ['name', model.name],
    ['about', model.description],
    ['created', timeOf(model.created)],
    ['updated', timeOf(model.updated)],
    ['aliases', aliasesOf(model.aliases)],
    ...Object.entries(model.tags).map(([key, value]) => ['tag', `${key}=${value}`] as const),
  ]);
  if (model.versions.length === 0) return `${head}\n\nno versions`;
  return `${head}\n\n${table<ModelVersionDocument>(
    style,
    [
      { title: 'version', right: true, of: ({ version }) => version, kept: true },
      { title: 'aliases', of: ({ aliases }) => aliases.map((alias) => `@${alias}`).join(' '), least: 10 },
      { title: 'stage', of: stageOf },
      { title: 'run', of: (version) => shortId(style, version.run_id) },
      { title: 'created', of: (version) => timeWords(style, version.created) },
      { title: 'status', of: ({ status }) => status },
    ],
    model.versions,
    '',
  )}`;
}
