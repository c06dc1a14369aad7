// `mlctl artifacts RUN [path]`: the files of a run, listed or copied.
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import type { Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { artifactsText } from '../render/artifacts.js';
import { verdictLine } from '../render/verdict-line.js';

export const artifacts: Command = {
  name: 'artifacts',
  arguments: [
    { name: '<run-id>', meaning: 'The run; the beginning of its id is enough.' },
    { name: '[path]', meaning: 'Only this file, or what is in this folder (default: all).' },
  ],
  options: [
    { flags: '--download <dir>', meaning: 'Copy the files into this new folder; nothing is ever overwritten.' },
  ],
  examples: [
    { does: 'what the run left behind', line: 'mlctl artifacts 0f3a9c1e' },
    { does: 'its plots', line: 'mlctl artifacts 0f3a9c1e plots --download ./plots' },
  ],
  exits: [3, 4, 6, 7],
  environment: ['MLFLOW_TRACKING_URI'],
  deadline: true,
  doing: 'Fetching',
  run: async (world, { args, flags, settings }) => {
    const { listArtifacts } = await import('../../operations/artifacts.js');
    const document = await listArtifacts(world, {
      ...storeOptions(settings),
      runId: (args[0] ?? '').replace(/^runs:\/+/, ''),
      ...defined({ path: args[1], download: flags.download as string | undefined }),
    });
    const { artifacts: files, path } = document;
    const none = `run ${document.run_id} has no artifacts`;
    return {
      document: { ...document },
      exit: 0,
      text: (style) =>
        path === null
          ? files.length === 0
            ? none
            : artifactsText(style, files, '')
          : verdictLine(style, 'pass', `${plural(files.length, 'file')} copied to ${printable(path)}`),
    };
  },
};
