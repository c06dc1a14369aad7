// Registered models as a table, or one with its versions.
import type { ModelsDocument, ModelVersionDocument, RegisteredModelDocument } from '../../operations/models.js';
import type { Style } from '../style.js';
import { facts } from './facts.js';
import { table } from './table.js';

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
      { title: 'name', of: (model) => model.name },
      {
        title: 'newest',
        right: true,
        of: (model) => Math.max(0, ...model.versions.map(({ version }) => version)) || '',
      },
      { title: 'stages', of: stagesOf },
      { title: 'aliases', of: (model) => aliasesOf(model.aliases) },
      { title: 'updated', of: (model) => model.updated?.replace('T', ' ').slice(0, 19) },
    ],
    models,
    '',
  );
  return more ? `${shown}\n${style.dim('… more with --max')}` : shown;
}

export function modelText(style: Style, model: RegisteredModelDocument): string {
  const head = facts(style, [
    ['name', model.name],
    ['about', model.description],
    ['created', model.created],
    ['updated', model.updated],
    ['aliases', aliasesOf(model.aliases)],
    ...Object.entries(model.tags).map(([key, value]) => ['tag', `${key}=${value}`] as const),
  ]);
  if (model.versions.length === 0) return `${head}\n\nno versions`;
  return `${head}\n\n${table<ModelVersionDocument>(
    style,
    [
      { title: 'version', right: true, of: ({ version }) => version },
      { title: 'stage', of: stageOf },
      { title: 'aliases', of: ({ aliases }) => aliases.map((alias) => `@${alias}`).join(' ') },
      { title: 'status', of: ({ status }) => status },
      { title: 'run', of: (version) => version.run_id },
      { title: 'created', of: (version) => version.created?.replace('T', ' ').slice(0, 19) },
    ],
    model.versions,
    '',
  )}`;
}
