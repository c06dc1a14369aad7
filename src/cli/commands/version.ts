// `mlctl version`: what is running here.
import { ONNXRUNTIME_VERSION, TESTED_MLFLOW, VERSION } from '../../version.js';
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
      onnxruntime: ONNXRUNTIME_VERSION,
      v8: process.versions.v8,
      mlflow_tested: { oldest: TESTED_MLFLOW[0], newest: TESTED_MLFLOW[1] },
    };
    return {
      document,
      exit: 0,
      text: (style) =>
        facts(style, [
          ['mlctl', document.mlctl],
          ['node', document.node],
          ['platform', `${document.platform} ${document.arch}`],
          ['onnxruntime', document.onnxruntime],
          ['mlflow', `tested with ${TESTED_MLFLOW.join(' to ')}`],
        ]),
    };
  },
};
