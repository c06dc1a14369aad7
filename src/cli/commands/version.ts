// `mlctl version`: what is running here.
import { VERSION } from '../../version.js';
import type { Command } from '../command.js';
import { facts } from '../render/facts.js';

export const version: Command = {
  name: 'version',
  arguments: [],
  options: [],
  examples: [
    { does: 'what to put in a bug report', line: 'mlctl version' },
    { does: 'the same for a program', line: 'mlctl version --json' },
  ],
  exits: [],
  environment: [],
  deadline: false,
  doing: '',
  run: async () => {
    const document = {
      mlctl: VERSION,
      node: process.versions.node,
      platform: process.platform,
      arch: process.arch,
    };
    return {
      document,
      exit: 0,
      text: (style) =>
        facts(style, [
          ['mlctl', document.mlctl],
          ['node', document.node],
          ['platform', `${document.platform} ${document.arch}`],
        ]),
    };
  },
};
