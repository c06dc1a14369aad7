// `mlctl doctor`: what mlctl would use here, and whether it would work.
import { worstExit } from '../../errors/codes.js';
import type { Command, Settings } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { doctorText, doctorVerdict } from '../render/doctor.js';

export const doctor: Command = {
  name: 'doctor',
  arguments: [],
  options: [
    {
      flags: '--repair',
      meaning:
        'Repair a damaged or half-migrated local store; the original is kept next to it. Ends runs that killed processes left.',
    },
    {
      flags: '--verify',
      meaning: 'Also read the files of every registered version and compare them with the recorded digests.',
    },
  ],
  examples: [
    { does: 'find out why mlctl does not work here', line: 'mlctl doctor' },
    { does: 'are the files of all registered versions as logged?', line: 'mlctl doctor --verify' },
    { does: 'after a crash or an interrupted migration', line: 'mlctl doctor --repair' },
    { does: 'show where each setting comes from', line: "mlctl doctor --json | jq '.settings'" },
  ],
  exits: [1, 3, 4, 6, 7],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI', 'MLCTL_CACHE_DIR'],
  deadline: true,
  doing: 'Checking this machine',
  run: async (world, { flags, settings }) => {
    const { doctor: examine } = await import('../../operations/doctor.js');
    const document = await examine(world, {
      ...storeOptions(settings),
      origins: settings.fromConfig,
      ...defined({
        timeoutSeconds: flags.timeout as number | undefined,
        mode: flags.schema as Settings['mode'] | undefined,
      }),
      ...(flags.repair === true ? { repair: true } : {}),
      ...(flags.verify === true ? { verify: true } : {}),
    });
    const exit = worstExit(document.checks.map((check) => check.exit_code));
    return {
      document: { ...document },
      exit,
      text: (style) => doctorText(style, document),
      verdict: (style) => doctorVerdict(style, document.checks),
    };
  },
};
