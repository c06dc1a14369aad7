// What each check of doctor is for, in words: the reference docs are generated from this table.
import type { DoctorCheckName } from '../documents/check.js';
import type { CheckWords } from './check.js';

export const DOCTOR_WORDS: Readonly<Record<DoctorCheckName, CheckWords>> = {
  node: {
    title: 'Node is new enough',
    proves: 'This Node can run mlctl. Shows its version, the platform and the processor.',
    failure: 'This Node is too old.',
    hint: 'install the version that the message names',
  },
  runtime: {
    title: 'Models can run here',
    proves: 'ONNX Runtime is installed and starts. Shows its version.',
    failure: 'ONNX Runtime is missing or does not support this platform: models can be fetched, but not run.',
    hint: 'run `npm ci` in the folder of mlctl, on a platform that the message names',
  },
  s3: {
    title: 'The S3 settings fit together',
    proves:
      'Shows the endpoint and what names it, the region, how buckets are addressed and where the keys come from. Left out where nothing of S3 is set.',
    failure: 'A setting cannot be read, half of a key pair is missing, or certificates are not checked.',
    hint: 'correct the variable that the message names',
  },
  'sign-in': {
    title: 'The sign-in is complete and safe',
    proves:
      'Shows how mlctl signs in at the server, as whom, and where each part comes from; never the secret. Left out where no server is used.',
    failure:
      'Half of the user name and password is missing, the sign-in travels unencrypted, or the certificate of the server is not checked.',
    hint: 'set the missing half, or use https',
  },
  store: {
    title: 'The store of runs answers',
    proves:
      'The server answers and lists experiments, or the embedded file is sound. Shows the version of the server, or what the file holds.',
    failure:
      'The server cannot be reached or refuses the sign-in; or the file is damaged, half migrated or of an unknown revision.',
    hint: 'check the address and the sign-in; `mlctl doctor --repair` repairs an embedded file and keeps the original next to it',
  },
  clock: {
    title: 'The clocks agree',
    proves: 'The clock of this machine and that of the server differ by less than a minute.',
    failure: 'The clocks differ: from 15 minutes on S3 refuses every signature.',
    hint: 'set the clock: `timedatectl set-ntp true`',
  },
  registry: {
    title: 'The registry is in order',
    proves: 'Each version that a stage or an alias points to has its run, a recorded digest and a recorded move.',
    failure:
      'The registry cannot be read; or a version in use has lost its run, has no recorded digest, or was moved by a client that keeps no history.',
    hint: 'move versions with `mlctl promote`, which keeps a history; `mlctl doctor --json` lists every finding',
  },
  artifacts: {
    title: 'Artifacts can be written and read',
    proves:
      'Small files were put, listed, read whole and in part, sent in parts and deleted where new runs keep their files.',
    failure: 'One of these steps failed; the message says which. Uploads or downloads of models would fail there, too.',
    hint: 'check what the keys may do there; `details.left_behind` of `--json` names files that could not be removed',
  },
  disk: {
    title: 'There is room in this folder',
    proves: 'At least half a GiB is free where the command works.',
    failure: 'Less is free: a model may not fit.',
    hint: 'make room, or work in another folder',
  },
  cache: {
    title: 'There is room for the cache',
    proves: 'At least half a GiB is free where fetched models are kept.',
    failure: 'Less is free: a model may not fit.',
    hint: 'make room, or set `MLCTL_CACHE_DIR`',
  },
};
