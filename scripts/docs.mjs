// `npm run docs`: writes the reference pages of docs/ and the manual page from the tables in the code. `--check` writes nothing and fails where a
// page differs from what would be written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRooms } from './check/rooms.mjs';
import { manPage } from './man-page.mjs';
import { readTables } from './tables.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NOTICE = '<!-- Written by `npm run docs` from the code; do not edit. -->';
const page = (title, ...parts) => `# ${title}\n\n${NOTICE}\n\n${parts.flat().join('\n\n')}\n`;
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;

async function commandsPage(from) {
  const options = (list) =>
    table(
      ['option', 'meaning'],
      list.map((option) => [code(option.flags), cell(from.meaningOf(option))]),
    );
  const parts = [];
  for (const group of from.GROUPS) {
    for (const { name, group: of, sentence, load } of from.COMMANDS) {
      if (of !== group) continue;
      const command = await load();
      parts.push(`## mlctl ${name}`, sentence, `\`\`\`\n${from.usageOf(command)}\n\`\`\``);
      parts.push(`\`\`\`sh\n${command.examples.map(({ does, line }) => `# ${does}\n${line}`).join('\n')}\n\`\`\``);
      if (command.arguments.length > 0)
        parts.push(
          table(
            ['argument', 'meaning'],
            command.arguments.map((argument) => [code(argument.name), cell(argument.meaning)]),
          ),
        );
      if (command.options.length > 0) parts.push(options(command.options));
      parts.push(
        `Exit codes: ${from
          .exitsOf(command)
          .map((exit) => `${exit} (${from.EXIT_MEANINGS[exit]})`)
          .join(' · ')}.`,
      );
      if (command.environment.length > 0) parts.push(`Environment: ${command.environment.map(code).join(', ')}.`);
    }
  }
  const settings =
    'mlctl looks for a setting in this order: the flag, the [environment](environment.md), the nearest `mlctl.config.json` in this folder or above it, `$XDG_CONFIG_HOME/mlctl/config.json`, and the default. An `mlctl.config.json` that mlctl finds may come from any project. Its `cache_dir`, its `s3_endpoint_url` and a server in its `tracking_uri` or `registry_uri` are therefore refused (exit 2), because they choose where your sign-in and keys are sent. If you trust the file, set `MLCTL_CONFIG=./mlctl.config.json`. `$XDG_CONFIG_HOME/mlctl/config.json` is your own file and always trusted.';
  return page('Commands', parts, '## Options of every command', options(from.COMMON_OPTIONS), settings);
}

const exitCodesPage = (from) =>
  page(
    'Exit codes',
    table(
      ['code', 'meaning'],
      Object.entries(from.EXIT_MEANINGS).map(([exit, meaning]) => [exit, cell(meaning)]),
    ),
    `If several apply, the worst wins. The order is ${from.WORST_FIRST.filter((exit) => exit !== 0 && exit < 100).join(', ')}.`,
  );

function errorCodesPage(from) {
  const exits = [...new Set(Object.values(from.ERROR_CODES).map((facts) => facts.exit))].sort((a, b) => a - b);
  const errors = exits.flatMap((exit) => [
    `## Exit ${exit}: ${from.EXIT_MEANINGS[exit]}`,
    table(
      ['code', 'meaning', 'usual causes', 'what to do'],
      Object.entries(from.ERROR_CODES)
        .filter(([, facts]) => facts.exit === exit)
        .map(([name, facts]) => [
          code(name),
          cell(facts.title),
          cell(from.EXPLANATIONS[name].causes),
          cell(from.EXPLANATIONS[name].next),
        ]),
    ),
  ]);
  const findings = Object.entries(from.FINDING_CODES).map(([name, meaning]) => [code(name), cell(meaning)]);
  return page(
    'Error codes',
    'The values of `error.code` in `--json`. Codes are stable. `mlctl explain CODE` prints one of these rows.',
    errors,
    '## Findings about data',
    'The values of `findings[].code` in `validate`, and in the error SCHEMA_VIOLATION.',
    table(['code', 'meaning'], findings),
  );
}

/** A hint as a sentence of a page. */
const sentence = (hint) => `${hint[0].toUpperCase()}${hint.slice(1)}.`;

const wordsOfChecks = (words) =>
  Object.entries(words).flatMap(([name, { title, proves, failure, hint }]) => [
    `### ${name}`,
    `**${title}.** ${proves}`,
    `If it fails: ${failure} ${sentence(hint)}`,
  ]);

const checksPage = (from) =>
  page(
    'Checks',
    'The checks are listed in the order in which they run. A check that does not apply is `skip`, with the reason.',
    '## Checks of smoke',
    wordsOfChecks(from.SMOKE_WORDS),
    '## Checks of doctor',
    'A warning means that something works but needs attention. It does not change the exit code.',
    wordsOfChecks(from.DOCTOR_WORDS),
  );

function environmentPage(from) {
  const groups = [...new Set(from.VARIABLES.map((variable) => variable.group))];
  return page(
    'Environment variables',
    'An empty variable counts as unset. Variables of MLflow and AWS mean the same as in Python. The last column is the key in a configuration file that sets the value if the variable is unset. Secrets are never read from a configuration file.',
    groups.flatMap((group) => [
      `## ${group}`,
      table(
        ['variable', 'meaning', 'default', 'configuration key'],
        from.VARIABLES.filter((variable) => variable.group === group).map((variable) => [
          code(variable.name),
          cell(variable.meaning) + (variable.secret ? ' Secret: never shown.' : ''),
          variable.default === null ? '' : cell(variable.default),
          variable.config === null ? '' : code(variable.config),
        ]),
      ),
    ]),
  );
}

/** One row a class: from the tables that the compiler checks, and from what the tests replayed (`fixtures/python/coverage.json`). */
function estimatorsPage(from) {
  const covered = JSON.parse(readFileSync(join(root, 'fixtures', 'python', 'coverage.json'), 'utf8'));
  const mark = (of) => (of === undefined || of === 'unsupported' ? 'no' : 'yes');
  const replayed = (name) => {
    const { forms, cases, same, largest } = covered[name] ?? {};
    return cases === undefined
      ? ['', '', '']
      : [forms.join(', '), `${cases}, ${same} to the bit`, largest === 0 ? '0' : largest.toExponential(0)];
  };
  const known = Object.entries(from.EVALUATORS).map(([kind, { role }]) => [
    code(kind),
    typeof role === 'string' ? role : 'as its part',
    (from.STEPS[kind] ?? 'unsupported') === 'unsupported' ? '' : code(from.stepName(kind)),
    mark(from.CONVERTERS[kind]),
    mark(from.READERS[kind]),
    ...replayed(kind),
  ]);
  const others = Object.keys(covered)
    .filter((name) => !(name in from.EVALUATORS))
    .map((name) => [code(name), '', '', name === 'ONNX' ? 'yes' : 'no', 'yes', ...replayed(name)]);
  return page(
    'Estimators',
    'The estimators that mlctl supports, under their Python names. The columns show the recipe step that trains one, whether mlctl writes it as ONNX, whether mlctl reads it from a model that Python saved, and what the tests replay: packages that real Python logged, with the answers that Python gave. The largest difference is |found − expected| / (1 + |expected|), rounded up to a power of ten; where Python computes in float32 it is about 1e-7. A class that is not here is refused by its name.',
    table(
      [
        'estimator',
        'role',
        'step of a recipe',
        'ONNX',
        'read from Python',
        'files',
        'packages replayed',
        'largest difference',
      ],
      [...known, ...others].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}

const RECIPE_ROLES = {
  transformer: 'changes columns',
  classifier: 'predicts a class; the last step',
  regressor: 'predicts a quantity; the last step',
};

/** The keys and steps of a recipe, from its zod schemas. */
function recipePage(from) {
  const { keys, steps } = from.describeRecipe();
  const keyTable = (rows) =>
    table(
      ['key', 'value', 'default', 'meaning'],
      rows.map(({ path, expected, default: unset, meaning }) => [
        code(path),
        cell(expected),
        unset === null ? 'needed' : unset === '' ? '' : code(unset),
        cell(meaning),
      ]),
    );
  const yaml = (text) => `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
  return page(
    'Recipes',
    'A recipe is a YAML file that says what to train: the data, the split and the steps. `mlctl init --data churn.csv --target churned -o churn.yaml` writes one that fits your data, with the reason of each choice as a comment, and `mlctl train churn.yaml` trains it. `mlctl help recipe` prints this page in short. Unknown keys are refused with the nearest right one, and all faults are told at once, each with its line.',
    '`mlctl init` without data prints the default recipe, which `mlctl train` uses if it is given none:',
    yaml(from.DEFAULT_RECIPE_TEXT),
    '## Keys',
    keyTable(keys),
    '## Steps',
    'A step is its name alone, or its name with parameters. Names and parameters are those of scikit-learn in snake_case, and they do the same. Each step sees the columns that the steps before it made; the last step predicts. The examples are whole recipes for [customers.csv](customers.csv).',
    table(
      ['step', 'does', 'class in scikit-learn'],
      steps.map(({ name, does, class: of }) => [`[${code(name)}](#${name})`, cell(does), code(of)]),
    ),
    steps.flatMap(({ name, does, class: of, role, keys: own, example }) => [
      `### ${name}`,
      `${does} ${code(of)}; ${RECIPE_ROLES[role]}.`,
      keyTable(own),
      yaml(example),
    ]),
    '## Metrics',
    "The held-out rows give the metrics of the run. For a classifier: `val_acc`, `val_precision`, `val_recall`, `val_f1`, `val_log_loss` and `val_roc_auc`. Precision, recall and F1 are macro averages: the mean over the classes, each counting the same, also if there are two (`average='macro'` in scikit-learn). `val_roc_auc` is the area under the ROC curve of the second class if there are two, else the mean over the classes, each against the rest (`multi_class='ovr', average='macro'`). It is left out, with a warning, if a class has no held-out rows. For a regressor: `val_rmse`, `val_mae`, `val_r2` and `val_mape`. All agree with scikit-learn.",
    '## Parameters of the run',
    'A run has every value of its recipe as a parameter, with the defaults. Those of a step have the step in front, as in scikit-learn: `logistic_regression__C`, `column_transformer__numbers__with_mean`.',
    '## Change one value',
    '`mlctl train recipe.yaml --set split.test_size=0.3 --set logistic_regression.C=0.5` changes two values for one run. A parameter of a step is named by the step, as in `logistic_regression.C`. If the pipeline has several steps of that name, the place says which: `pipeline.0.simple_imputer.strategy`. `mlctl train recipe.yaml --print-recipe` shows the result with every default filled in, and trains nothing.',
    '## In an editor',
    '[recipe.schema.json](recipe.schema.json) is a JSON Schema of recipes. Editors that use the YAML language server complete and check a recipe whose first line is `# yaml-language-server: $schema=PATH`, where PATH is a copy of that file; it is also in the installed package, as `node_modules/mlctl/docs/recipe.schema.json`.',
  );
}

const from = await readTables();

/** The table of rooms in ARCHITECTURE.md, between its two marks, from what each room says of itself in `imports.list`. */
function architecturePage() {
  const { byName, floors } = readRooms(root);
  const rooms = [...byName.values()]
    .filter((room) => room.turns !== null)
    .sort((a, b) => floors.get(b.name) - floors.get(a.name) || (a.name < b.name ? -1 : 1));
  const targetsOf = ({ all, sections }) => [...all, ...[...sections.values()].flat()].map(({ target }) => target);
  const below = (room) =>
    targetsOf(room)
      .filter((target) => byName.get(target)?.turns && target !== 'errors' && target !== 'text')
      .join(' ');
  const powers = (room) =>
    [...new Set(targetsOf(room).filter((target) => target.includes(':')))].map((target) => code(target)).join(' ');
  const rows = rooms.map((room) => [
    floors.get(room.name),
    code(`${room.name}/`),
    cell(room.turns),
    below(room),
    powers(room),
  ]);
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const [start, end] = ['<!-- rooms: written by `npm run docs` -->', '<!-- end of rooms -->'];
  const [before, rest = ''] = text.split(`${start}\n`);
  const after = rest.slice(rest.indexOf(end));
  return `${before}${start}\n\n${table(['floor', 'room', 'does', 'may import', 'packages and powers'], rows)}\n\n${after}`;
}

const pages = {
  '../ARCHITECTURE.md': architecturePage(),
  '../man/mlctl.1': await manPage(from),
  'commands.md': await commandsPage(from),
  'exit-codes.md': exitCodesPage(from),
  'error-codes.md': errorCodesPage(from),
  'checks.md': checksPage(from),
  'environment.md': environmentPage(from),
  'estimators.md': estimatorsPage(from),
  'recipe.md': recipePage(from),
  'recipe.schema.json': `${JSON.stringify(from.recipeJsonSchema(), null, 2)}\n`,
};
const check = process.argv.includes('--check');
let stale = 0;
for (const folder of ['docs', 'man']) mkdirSync(join(root, folder), { recursive: true });
for (const [name, text] of Object.entries(pages)) {
  const file = join(root, 'docs', name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale += 1;
  if (check) console.error(`docs/${name} is stale: run npm run docs`);
  else writeFileSync(file, text);
}
console.log(check ? `${stale} of ${Object.keys(pages).length} pages are stale` : `${stale} pages written`);
process.exitCode = check && stale > 0 ? 1 : 0;
