// Lists every command, and what else `mlctl help` explains: its group, its one sentence and how it is loaded. Help without a
// command reads only these tables.
import type { Command } from './command.js';
import type { TOPIC_TEXTS } from './help/topic-texts.js';

export const GROUPS = ['Everyday', 'Registry', 'Inspect', 'Shell'] as const;
type Group = (typeof GROUPS)[number];

interface TableRow {
  readonly name: string;
  readonly group: Group;
  readonly sentence: string;
  readonly load: () => Promise<Command>;
}

const row = (group: Group, name: string, sentence: string, load: TableRow['load']): TableRow => ({
  name,
  group,
  sentence,
  load,
});

export const COMMANDS: readonly TableRow[] = [
  row('Everyday', 'init', 'Write a recipe that fits your data.', async () => (await import('./commands/init.js')).init),
  row(
    'Everyday',
    'train',
    'Train a pipeline, evaluate it, and log a run with its model.',
    async () => (await import('./commands/train.js')).train,
  ),
  row(
    'Everyday',
    'smoke',
    'Test a logged model and decide whether it can ship.',
    async () => (await import('./commands/smoke.js')).smoke,
  ),
  row(
    'Everyday',
    'predict',
    'Run a model on rows from a file or a pipe.',
    async () => (await import('./commands/predict.js')).predict,
  ),
  row(
    'Everyday',
    'validate',
    'Check rows against a signature without running the model.',
    async () => (await import('./commands/validate.js')).validate,
  ),
  row(
    'Everyday',
    'serve',
    'Answer predictions over HTTP, and follow the stage or alias.',
    async () => (await import('./commands/serve.js')).serve,
  ),
  row(
    'Registry',
    'log',
    'Log an existing ONNX file or model package.',
    async () => (await import('./commands/log.js')).log,
  ),
  row(
    'Registry',
    'load',
    'Fetch, verify and open a model; show its signature and lineage.',
    async () => (await import('./commands/load.js')).load,
  ),
  row(
    'Registry',
    'convert',
    'Write a model that Python logged as an ONNX package.',
    async () => (await import('./commands/convert.js')).convert,
  ),
  row(
    'Registry',
    'register',
    'Register a logged model under a name.',
    async () => (await import('./commands/register.js')).register,
  ),
  row(
    'Registry',
    'promote',
    'Move a stage or an alias to a version that passes smoke.',
    async () => (await import('./commands/promote.js')).promote,
  ),
  row(
    'Registry',
    'rollback',
    'Move a stage or an alias back to the version it had before.',
    async () => (await import('./commands/rollback.js')).rollback,
  ),
  row(
    'Registry',
    'history',
    'Show who moved which stage or alias, when, and between which versions.',
    async () => (await import('./commands/history.js')).history,
  ),
  row(
    'Registry',
    'sign',
    'Sign the files of a model, and what it was made from.',
    async () => (await import('./commands/sign.js')).sign,
  ),
  row(
    'Registry',
    'verify',
    'Verify that the files of a model are those that were signed.',
    async () => (await import('./commands/verify.js')).verify,
  ),
  row('Inspect', 'runs', 'List runs, or show one.', async () => (await import('./commands/runs.js')).runs),
  row(
    'Inspect',
    'artifacts',
    'List the files of a run, or copy them.',
    async () => (await import('./commands/artifacts.js')).artifacts,
  ),
  row(
    'Inspect',
    'models',
    'List registered models, or show one.',
    async () => (await import('./commands/models.js')).models,
  ),
  row(
    'Inspect',
    'diff',
    'Show how two models differ: contract, answers, metrics, params, lineage, files.',
    async () => (await import('./commands/diff.js')).diff,
  ),
  row(
    'Inspect',
    'audit',
    'Say of each claim about a model whether it is proven, and by what.',
    async () => (await import('./commands/proof/audit.js')).audit,
  ),
  row(
    'Inspect',
    'reproduce',
    'Train a logged model again and compare bytes, predictions and metrics.',
    async () => (await import('./commands/proof/reproduce.js')).reproduce,
  ),
  row(
    'Inspect',
    'report',
    'Write all that is known of a model as one HTML file, its model card.',
    async () => (await import('./commands/report.js')).report,
  ),
  row(
    'Inspect',
    'doctor',
    'Show settings and where each comes from; check runtime, store and space.',
    async () => (await import('./commands/doctor.js')).doctor,
  ),
  row(
    'Shell',
    'explain',
    'Explain an error code or an exit code.',
    async () => (await import('./commands/explain.js')).explain,
  ),
  row(
    'Shell',
    'completion',
    'Print a completion script for a shell.',
    async () => (await import('./commands/completion.js')).completion,
  ),
  row(
    'Shell',
    'version',
    'Show the versions of mlctl, Node and the platform.',
    async () => (await import('./commands/version.js')).version,
  ),
];

interface TopicRow {
  readonly name: string;
  readonly sentence: string;
  readonly load: () => Promise<(width: number) => string>;
}

const topic = (name: keyof typeof TOPIC_TEXTS, sentence: string): TopicRow => ({
  name,
  sentence,
  load: async () => (await import('./help/topic-texts.js')).TOPIC_TEXTS[name],
});

export const TOPICS: readonly TopicRow[] = [
  topic('options', 'The options of every command.'),
  topic('exit-codes', 'What each exit code means.'),
  topic('environment', 'The environment variables that mlctl reads.'),
  topic('uris', 'The forms of a model URI.'),
  {
    name: 'recipe',
    sentence: 'The keys and steps of a recipe.',
    load: async () => (await import('./render/recipe-help.js')).recipeHelp,
  },
];
