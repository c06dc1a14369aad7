// What each check of smoke is for, in words: the reference docs are generated from this table.
import type { CheckName } from '../documents/check.js';
import type { CheckWords } from './check.js';

export const SMOKE_WORDS: Readonly<Record<CheckName, CheckWords>> = {
  resolve: {
    title: 'The URI names a model',
    proves: 'The run, version, stage, alias or path exists, and its files are here or could be fetched.',
    failure:
      'Nothing has this name, sign-in was refused, or the server did not answer. A warning: its run failed or is deleted, or its upload or registration never finished.',
    hint: 'list what is there with `mlctl models` and `mlctl runs`',
  },
  integrity: {
    title: 'The bytes are the ones logged',
    proves: 'The digest over all files equals the one recorded outside the package when the model was logged.',
    failure:
      'A file was changed, added or removed since. Nothing of the package was parsed or run. A warning: not every record of the digest says the same.',
    hint: 'do not use these files; fetch the model again or log it again from a source you trust',
  },
  package: {
    title: 'The package is whole',
    proves:
      'MLmodel is well-formed, every file it names is there, and it names the run and the model that the store names. With `--strict-package`: what two files say alike is the same.',
    failure:
      'MLmodel is missing or malformed, names a file that is not in the package or lies outside it, or comes from another run than the store says.',
    hint: 'log the model again',
  },
  signature: {
    title: 'The model states its contract',
    proves: 'MLmodel holds a signature that can be read, with inputs and outputs.',
    failure: 'Nothing says what the model takes, so no input can be checked before the model sees it.',
    hint: 'log the model with a signature: `mlctl log <path> --signature file`',
  },
  load: {
    title: 'The model opens and fits its contract',
    proves: 'The payload is a model that the runtime accepts, and its inputs and outputs are those of the signature.',
    failure:
      'The payload is damaged, hostile or of a kind that cannot run here, or it takes or answers something else than the signature says.',
    hint: 'log the model again from the code that made it',
  },
  example: {
    title: 'The input example keeps the contract',
    proves: 'The example stored with the model passes the schema enforcement that requests go through.',
    failure: 'The example breaks the signature: one of them describes another model.',
    hint: 'log the model again with an example that fits; `mlctl validate` shows each finding',
  },
  predict: {
    title: 'The model answers',
    proves: 'The model runs on the example (and on the rows of `--rows`) and gives one row out per row in.',
    failure: 'The model refused the rows, did not answer in time, or lost or invented rows.',
    hint: 'try other rows with `mlctl predict`',
  },
  output: {
    title: 'The answer keeps the contract',
    proves: 'Every output column of the signature is in the answer, with its type, and no other.',
    failure: 'Whoever reads the answer by the signature would fail or misread it.',
    hint: 'log the model again with the signature inferred from its real answer',
  },
  golden: {
    title: 'The answer is the recorded one',
    proves:
      'Predictions for the example equal those recorded when the model was logged: labels exactly, numbers to 1e-9 relative.',
    failure: 'The model computes something else here than where it was logged.',
    hint: 'compare versions of mlctl and the runtime in the tags of the run; log again if the change was meant',
  },
  guard: {
    title: 'Bad input is stopped before the model',
    proves: 'A missing, a misspelt, an extra and a reordered column and a wrong type are each refused in strict mode.',
    failure: 'Some bad input would reach the model and be answered as if it were good.',
    hint: 'tighten the signature (required columns, definite types) and log again',
  },
  rescore: {
    title: 'The logged metrics are true',
    proves: 'The evaluation rows of the run, scored again, give the metrics that were logged, to 1e-9 relative.',
    failure: 'This model is not the one that was evaluated, or the evaluation rows were changed.',
    hint: 'train again with the recipe of the run (its artifact recipe.yaml) and compare',
  },
  latency: {
    title: 'The model answers fast enough',
    proves: 'The median time of a single-row prediction, after warm-up, is within `--max-latency`.',
    failure: 'The model is slower here than asked for.',
    hint: 'measure on the machine that will serve, or raise `--max-latency`',
  },
};
