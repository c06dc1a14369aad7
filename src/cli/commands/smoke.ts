// `mlctl smoke [uri]`: tests the model; the exit code is the verdict.

import { smokeExitCode } from '../../checks/smoke-exit-code.js';
import type { SmokeDocument } from '../../documents/smoke.js';
import { type ExitCode, worstExit } from '../../errors/codes.js';
import { readSetting } from '../../settings/read-setting.js';
import type { World } from '../../world.js';
import type { Command, Given, Settings } from '../command.js';
import { defined, judgeOptions, storeOptions } from '../defined.js';
import { errorDocument, errorText, explain } from '../explain.js';
import { DIALECT_OPTIONS, dialectFlags, IGNORE_OPTION } from '../flags/dialect-options.js';
import { ENGINE_OPTIONS, engineFlags } from '../flags/engine-options.js';
import { smokeText, smokeVerdict } from '../render/smoke.js';
import { URI_ARGUMENT } from '../uri-argument.js';
import { numberOf } from '../values.js';

/** What a GitHub job shows on its own pages. A summary that cannot be written changes no verdict. */
async function tellGithub(world: World, document: SmokeDocument, settings: Settings): Promise<readonly string[]> {
  if (!readSetting(world.env, 'GITHUB_ACTIONS')) return [];
  const { formatAnnotations, formatStepSummary } = await import('../../reports/github.js');
  const summary = readSetting(world.env, 'GITHUB_STEP_SUMMARY');
  if (summary) {
    const { appendTo } = await import('../../files/open-output.js');
    await appendTo(summary, `${formatStepSummary(document)}\n`, world.signal).catch((error) =>
      world.warn(`the step summary could not be written: ${(error as Error).message}`),
    );
  }
  return settings.json ? [] : formatAnnotations(document);
}

/** The document, with the JUnit file written as well. If that file cannot be written, the verdict stays and the error is added. */
async function withJunit(
  world: World,
  document: SmokeDocument,
  { flags, terminal }: Given,
): Promise<{ document: Record<string, unknown>; exit: ExitCode }> {
  const exit = smokeExitCode(document) as ExitCode;
  if (typeof flags.junit !== 'string') return { document: { ...document }, exit };
  const [{ formatJunit }, { writeReport }] = await Promise.all([
    import('../../reports/junit.js'),
    import('../../files/write-report.js'),
  ]);
  try {
    await writeReport(world, flags.junit, formatJunit(document));
    return { document: { ...document }, exit };
  } catch (error) {
    const explained = explain(error, world.signal.reason);
    terminal.error(errorText(explained, terminal.err, 'mlctl smoke', readSetting(world.env, 'MLCTL_DEBUG')));
    return {
      document: { ...document, error: document.error ?? errorDocument(explained) },
      exit: worstExit([exit, explained.exit]),
    };
  }
}

export const smoke: Command = {
  name: 'smoke',
  arguments: [URI_ARGUMENT],
  options: [
    { flags: '--junit <file>', meaning: 'Also write the checks to this file as JUnit XML.' },
    {
      flags: '--max-latency <ms>',
      meaning: 'Fail if predicting one row takes longer than this.',
      parse: numberOf('--max-latency', { above: 0 }),
    },
    { flags: '--rows <file>', meaning: 'Also predict these rows.' },
    {
      flags: '--strict-package',
      meaning: 'Also check that facts stated in two files of the package are the same in both.',
    },
    ...DIALECT_OPTIONS,
    IGNORE_OPTION,
    ...ENGINE_OPTIONS,
  ],
  examples: [
    { does: 'can this model ship? (exit code 0: yes)', line: 'mlctl smoke models:/iris_clf@champion' },
    {
      does: 'in a CI job, with a report',
      line: 'mlctl smoke models:/iris_clf@champion --junit smoke.xml --max-latency 20',
    },
    { does: 'a model that only Python can run, in your own Python', line: 'mlctl smoke models:/fee/1 --engine python' },
    { does: 'which checks failed', line: 'mlctl smoke --json | jq -r \'.checks[] | select(.status=="fail").name\'' },
  ],
  exits: [1, 3, 4, 5, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLCTL_SCHEMA', 'GITHUB_ACTIONS', 'GITHUB_STEP_SUMMARY'],
  deadline: true,
  doing: 'Checking',
  run: async (world, given) => {
    const { args, flags, settings } = given;
    const { smokeModel } = await import('../../operations/smoke.js');
    const document = await smokeModel(world, {
      ...storeOptions(settings),
      ...judgeOptions(settings),
      ...engineFlags(flags),
      ...dialectFlags(flags),
      ...defined({
        uri: args[0],
        maxLatencyMs: flags.maxLatency as number | undefined,
        rows: flags.rows as string | undefined,
        ignore: flags.ignore as string[] | undefined,
        strictPackage: flags.strictPackage as boolean | undefined,
      }),
    });
    const told = await withJunit(world, document, given);
    return {
      ...told,
      commands: await tellGithub(world, document, settings),
      text: (style) => smokeText(style, document),
      verdict: (style) => smokeVerdict(style, document),
    };
  },
};
