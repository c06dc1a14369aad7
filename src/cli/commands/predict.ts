// `mlctl predict [uri]`: rows in, predictions out, row by row.
import { MlctlError } from '../../errors/error.js';
import type { PredictRequest } from '../../operations/predict.js';
import { duration, grouped, plural } from '../../text/numbers.js';
import type { Answer, Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { ENGINE_OPTIONS, engineFlags } from '../flags/engine-options.js';
import { INPUT_OPTIONS, inputOf, OUTPUT_FORMATS, rowsOf } from '../flags/input-options.js';
import { guardRows, openRowDocument } from '../row-document.js';
import { NO_PROGRESS } from '../terminal.js';
import { URI_ARGUMENT, URI_OPTION, uriOf } from '../uri-argument.js';
import { oneOf, words } from '../values.js';

const BAD_ROWS = ['stop', 'skip'] as const;

const OUTPUT_NAMES = [...OUTPUT_FORMATS.keys()];

export const predict: Command = {
  name: 'predict',
  arguments: [URI_ARGUMENT],
  options: [
    URI_OPTION,
    ...INPUT_OPTIONS,
    {
      flags: '--keep <columns>',
      meaning: 'Columns of the input to put before the predictions as they are, separated by commas.',
      parse: words('--keep'),
    },
    {
      flags: '-o, --output <file>',
      meaning: 'File for the predictions; - is stdout (default: stdout).',
      aliases: '--output-path <file>',
    },
    {
      flags: '--output-format <format>',
      meaning: 'Format of the predictions (default: by the file name, else the input’s format).',
      choices: OUTPUT_NAMES,
      parse: oneOf('--output-format', OUTPUT_NAMES),
    },
    {
      flags: '--on-bad-row <what>',
      meaning: 'What to do with a row that breaks the schema: stop (default) or skip it.',
      choices: BAD_ROWS,
      parse: oneOf('--on-bad-row', BAD_ROWS),
    },
    { flags: '--rejects <file>', meaning: 'Write skipped rows to this file, each with the reason.' },
    ...ENGINE_OPTIONS,
  ],
  examples: [
    { does: 'a file', line: 'mlctl predict models:/iris_clf@champion -i rows.csv -o predictions.csv' },
    {
      does: 'a pipe',
      line: 'cat rows.ndjson | mlctl predict models:/iris_clf@champion --input-format ndjson > predictions.ndjson',
    },
    {
      does: 'carry the id of each row to the output',
      line: 'mlctl predict models:/churn/1 -i customers.csv -o out.csv --keep customer_id',
    },
    {
      does: 'skip bad rows and keep them in a file',
      line: 'mlctl predict -i rows.csv -o out.csv --on-bad-row skip --rejects bad.ndjson',
    },
  ],
  exits: [3, 4, 5, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLCTL_SCHEMA'],
  deadline: false,
  doing: '',
  run: async (world, { args, flags, settings, terminal }): Promise<Answer> => {
    const output = (flags.output as string | undefined) ?? '-';
    const format = flags.outputFormat as (typeof OUTPUT_NAMES)[number] | undefined;
    // stdout holds one JSON document: the predictions become a part of it.
    const wrapped = settings.json && output === '-';
    if (wrapped && format !== undefined && OUTPUT_FORMATS.get(format) === 'csv')
      throw new MlctlError('USAGE', `--json and ${format.toUpperCase()} cannot both be on stdout`, {
        hint: `add -o FILE, or leave out --output-format ${format}`,
      });
    const input = inputOf(flags.input, 'mlctl predict -i rows.csv');
    const { predict: run } = await import('../../operations/predict.js');
    const rows = wrapped ? openRowDocument(process.stdout, 'mlctl.predict/1', 'predictions') : undefined;
    const request = {
      ...storeOptions(settings),
      ...engineFlags(flags),
      input,
      output,
      mode: settings.mode,
      ...defined({
        uri: uriOf(args[0], flags.modelUri),
        ...rowsOf(flags),
        keep: flags.keep as string[] | undefined,
        outputFormat: wrapped ? ('ndjson' as const) : format,
        onBadRow: flags.onBadRow as 'stop' | 'skip' | undefined,
        rejects: flags.rejects as string | undefined,
      }),
    };
    // Predictions on a terminal show by themselves that work goes on.
    const progress = output === '-' && process.stdout.isTTY ? NO_PROGRESS : await terminal.progress('Predicting');
    const onProgress: PredictRequest['onProgress'] = ({ rows: done, rows_per_second: rate, share }) =>
      // The time that is left takes the place of the rate: both do not fit on a line.
      progress.update(
        `Predicting: ${grouped(done)} rows${share === undefined ? `, ${grouped(rate)} a second` : ''}`,
        share,
      );
    try {
      const document = await run(
        world,
        { ...request, onProgress },
        { stdin: process.stdin, stdout: rows?.sink ?? guardRows(world.env, process.stdout) },
      );
      progress.stop();
      const rejected = document.rejected > 0 ? `, ${plural(document.rejected, 'row')} rejected` : '';
      const said = `${plural(document.rows, 'row')} predicted${rejected} in ${duration(document.elapsed_ms)}`;
      if (rows) await rows.close({ ...document, ok: true });
      // stdout belongs to the predictions.
      if (output === '-') world.note(said);
      return {
        document: { ...document },
        exit: 0,
        text: () => (output === '-' ? '' : `${said}, written to ${output}`),
        written: rows !== undefined,
      };
    } catch (error) {
      progress.stop();
      rows?.fail(error);
      throw error;
    }
  },
};
