// Says what each check of doctor is for; the reference docs are generated from this table.
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
    title: 'The S3 settings are complete',
    proves:
      'Shows the endpoint and where it is set, the region, how buckets are addressed and where the keys come from. Left out if no S3 setting is set.',
    failure: 'A setting cannot be read, the key id or the secret key is missing, or certificates are not checked.',
    hint: 'correct the variable that the message names',
  },
  'sign-in': {
    title: 'The sign-in is complete and safe',
    proves:
      'Shows how mlctl signs in to the server, as which user, and where each part comes from. The secret is never shown. Left out if no server is used.',
    failure:
      'The user name or the password is missing, the sign-in is sent unencrypted, or the certificate of the server is not checked.',
    hint: 'set the part that is missing, or use https',
  },
  store: {
    title: 'The store of runs answers',
    proves:
      'The server answers and lists experiments, or the local store file is intact and can be written: a change is made and taken back. Shows the version of the server, or what the file contains.',
    failure:
      'The server cannot be reached or refuses the sign-in. Or the file is damaged, half migrated, has an unknown revision or cannot be written.',
    hint: 'check the address and the sign-in; `mlctl doctor --repair` repairs a local store file and keeps the original next to it',
  },
  leftovers: {
    title: 'Killed processes left nothing behind',
    proves:
      'Shown only if a killed process left something that `--repair` ends or removes: runs of mlctl that are still RUNNING in the local store, and temporary files.',
    failure: 'A process was killed while it trained, logged or fetched a model. What it left is harmless.',
    hint: '`mlctl doctor --repair` marks such runs as KILLED and removes the files',
  },
  clock: {
    title: 'The clocks agree',
    proves: 'The clock of this machine and that of the server differ by less than a minute.',
    failure: 'The clocks differ. If they differ by 15 minutes or more, S3 refuses every request.',
    hint: 'set the clock: `timedatectl set-ntp true`',
  },
  registry: {
    title: 'The registry is in order',
    proves: 'Each version that a stage or an alias points to has its run, a recorded digest and a recorded move.',
    failure:
      'The registry cannot be read. Or a version in use has lost its run, has no recorded digest, or was moved by a client that does not record moves.',
    hint: 'move versions with `mlctl promote`, which records every move; `mlctl doctor --json` lists every finding',
  },
  versions: {
    title: 'Registered versions are as logged',
    proves:
      'With `--verify`: the files of every registered version are there and have the digest that was recorded. Versions without a recorded digest are counted.',
    failure: 'Files of a version are gone, or were added, changed or removed. The message names them.',
    hint: 'restore the files that the message names, or log the model again; `mlctl doctor --verify --json` lists all',
  },
  artifacts: {
    title: 'Artifacts can be written and read',
    proves:
      'Small files were written, listed, read in full and in part, uploaded in parts and deleted, in the place where new runs keep their files.',
    failure: 'One of these steps failed; the message says which. Uploads or downloads of models would also fail there.',
    hint: 'check the permissions of the keys; `details.left_behind` of `--json` names files that could not be removed',
  },
  disk: {
    title: 'This folder has enough space',
    proves: 'At least half a GiB is free in the current folder, and a file can be made there.',
    failure: 'Less than that is free, so a model may not fit. Or nothing can be written there.',
    hint: 'free some space, or work in another folder',
  },
  cache: {
    title: 'The cache has enough space',
    proves: 'At least half a GiB is free in the folder for fetched models, and a file can be made there.',
    failure: 'Less than that is free, so a model may not fit. Or nothing can be written there.',
    hint: 'free some space, or set `MLCTL_CACHE_DIR`',
  },
};
