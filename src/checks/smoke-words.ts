// Says what each check of smoke is for; the reference docs are generated from this table.
import type { CheckName } from '../documents/check.js';
import type { CheckWords } from './check.js';

export const SMOKE_WORDS: Readonly<Record<CheckName, CheckWords>> = {
  resolve: {
    title: 'The URI leads to a model',
    proves: 'The run, version, stage, alias or path exists, and its files are on this machine or could be fetched.',
    failure:
      'The name does not exist, the sign-in was refused, or the server did not answer. A warning: the run failed or is deleted, or its upload or registration never finished.',
    hint: 'list what exists with `mlctl models` and `mlctl runs`',
  },
  integrity: {
    title: 'The files are the ones that were logged',
    proves: 'The digest over all files equals the one recorded outside the package when the model was logged.',
    failure:
      'A file was changed, added or removed after logging. No part of the package was parsed or run. A warning: the digest is recorded in several places, and they do not agree.',
    hint: 'do not use these files; fetch the model again, or log it again from a source you trust',
  },
  package: {
    title: 'The package is complete',
    proves:
      'MLmodel is well-formed, every file it names exists, and it names the same run and model as the store. With `--strict-package`: facts that two files of the package state are the same in both.',
    failure:
      'MLmodel is missing or malformed, it names a file that is missing or outside the package, or it comes from another run than the store says.',
    hint: 'log the model again',
  },
  signature: {
    title: 'The model has a signature',
    proves: 'MLmodel contains a readable signature with inputs and outputs.',
    failure:
      'The package does not say which inputs the model accepts, so input cannot be checked before the model runs.',
    hint: 'log the model with a signature: `mlctl log <path> --signature file`',
  },
  load: {
    title: 'The model opens and matches its signature',
    proves: 'The runtime accepts the model file, and its inputs and outputs are those of the signature.',
    failure:
      'The model file is damaged, hostile or a kind that cannot run here, or its inputs and outputs differ from the signature.',
    hint: 'log the model again from the code that made it',
  },
  example: {
    title: 'The input example matches the signature',
    proves: 'The example stored with the model passes the same schema checks as any request.',
    failure: 'The example breaks the signature, so the example or the signature belongs to another model.',
    hint: 'log the model again with an example that matches; `mlctl validate` shows each finding',
  },
  predict: {
    title: 'The model predicts',
    proves: 'The model runs on the example (and on the rows of `--rows`) and returns one row for each input row.',
    failure: 'The model refused the rows, did not answer in time, or returned too few or too many rows.',
    hint: 'try other rows with `mlctl predict`',
  },
  output: {
    title: 'The predictions match the signature',
    proves: 'The predictions have exactly the output columns of the signature, with their types.',
    failure: 'A program that reads the predictions by the signature would fail or misread them.',
    hint: 'log the model again with a signature inferred from its real predictions',
  },
  golden: {
    title: 'The predictions are the recorded ones',
    proves:
      'Predictions for the example equal those recorded when the model was logged: labels exactly, numbers within 1e-9 relative.',
    failure: 'The model gives other predictions here than it did when it was logged.',
    hint: 'compare the versions of mlctl and the runtime with the tags of the run; log the model again if the change is intended',
  },
  guard: {
    title: 'Bad input is refused before the model runs',
    proves: 'Strict mode refuses a missing, a misspelt, an extra and a reordered column, and a wrong type.',
    failure: 'Some bad input would reach the model, and the model would predict from it.',
    hint: 'tighten the signature (required columns, definite types) and log the model again',
  },
  rescore: {
    title: 'The logged metrics can be reproduced',
    proves: 'Scoring the evaluation rows of the run again gives the logged metrics, within 1e-9 relative.',
    failure: 'This model is not the one that was evaluated, or the evaluation rows were changed.',
    hint: 'train again with the recipe of the run (its artifact recipe.yaml) and compare',
  },
  latency: {
    title: 'The model is fast enough',
    proves: 'The median time of a single-row prediction, after warm-up, is within `--max-latency`.',
    failure: 'The model is slower here than the limit.',
    hint: 'measure on the machine that will serve the model, or raise `--max-latency`',
  },
};
