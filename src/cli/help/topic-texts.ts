// The texts of `mlctl help TOPIC`, each made from a table of the code.
import { WORST_FIRST } from '../../errors/codes.js';
import { VARIABLES } from '../../settings/settings.js';
import { COMMON_OPTIONS } from '../options.js';
import { definitions } from './definitions.js';
import { EXIT_MEANINGS } from './exit-codes.js';
import { meaningOf } from './meaning-of.js';

const URIS = [
  ['models:/NAME/VERSION', 'One version of a registered model; it never changes.'],
  ['models:/NAME@ALIAS', 'The version that the alias points to now, such as models:/iris_clf@champion.'],
  ['models:/NAME/latest', 'The newest version.'],
  ['models:/NAME/STAGE', 'The version in Staging, Production or Archived now. MLflow has deprecated stages.'],
  ['runs:/RUN/PATH', 'A model of a run, such as runs:/0f3a9c1e/model; the beginning of the id is enough.'],
  ['models:/m-ID', 'A logged model of MLflow 3.'],
  ['s3://BUCKET/KEY', 'A package in S3.'],
  ['file:///PATH, PATH', 'A package in a folder of this machine.'],
] as const;

export const TOPIC_TEXTS = {
  options: (width) =>
    definitions(
      COMMON_OPTIONS.map((option) => [option.flags, meaningOf(option)]),
      width,
    ),
  'exit-codes': (width) =>
    `${definitions(
      Object.entries(EXIT_MEANINGS).map(([code, meaning]) => [code, meaning]),
      width,
    )}\n\nIf several apply, the worst wins: ${WORST_FIRST.filter((exit) => exit !== 0 && exit < 100).join(', ')}.\n\`mlctl explain 3\` lists the error codes of exit code 3.`,
  environment: (width) =>
    definitions(
      VARIABLES.map(({ name, meaning, default: usual }) => [
        name,
        `${meaning.replaceAll('`', '')}${usual === null ? '' : ` (default: ${usual.replaceAll('`', '')})`}`,
      ]),
      width,
    ),
  uris: (width) =>
    `${definitions(URIS, width)}\n\nIf no URI is given: MODEL_URI, else the newest finished run that has a model.`,
} satisfies Readonly<Record<string, (width: number) => string>>;
