// Turns a word that is not a command into the error that says what to type instead: a command of mlctl, or MLflow's own.
import { MlctlError } from '../../errors/error.js';
import { nearestNames } from '../../text/nearest-names.js';
import { printable } from '../../text/printable.js';
import { COMMANDS } from '../table.js';

/** What MLflow, or another tool, calls a thing that mlctl calls otherwise or leaves to MLflow. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['ui', 'MLflow has this: uvx mlflow ui --backend-store-uri sqlite:///mlflow.db'],
  ['server', 'MLflow has this: uvx mlflow server --backend-store-uri sqlite:///mlflow.db'],
  ['list', 'list runs with mlctl runs, and registered models with mlctl models'],
  ['ls', 'list runs with mlctl runs, and registered models with mlctl models'],
  ['search', 'mlctl runs --filter "metrics.val_acc > 0.9", or mlctl models --filter "name LIKE \'iris%\'"'],
  ['experiments', 'list the runs of one experiment: mlctl runs --experiment NAME'],
  ['show', 'mlctl runs RUN_ID, or mlctl models NAME'],
  ['delete', 'MLflow has this: uvx mlflow runs delete --run-id RUN_ID; models are deleted in uvx mlflow ui'],
  ['rm', 'MLflow has this: uvx mlflow runs delete --run-id RUN_ID; models are deleted in uvx mlflow ui'],
  ['restore', 'MLflow has this: uvx mlflow runs restore --run-id RUN_ID'],
  ['gc', 'MLflow has this: uvx mlflow gc --backend-store-uri sqlite:///mlflow.db'],
  ['compare', 'mlctl diff A B for two models; mlctl runs lists metrics side by side'],
  ['run', 'mlctl train RECIPE'],
  ['fit', 'mlctl train RECIPE'],
  ['test', 'mlctl smoke URI'],
  ['check', 'mlctl smoke URI for a model, mlctl validate URI -i FILE for rows'],
  ['score', 'mlctl predict URI -i FILE'],
  ['infer', 'mlctl predict URI -i FILE'],
  ['deploy', 'mlctl promote NAME/VERSION --alias champion'],
  ['download', 'mlctl load URI --to FOLDER'],
  ['upgrade', 'MLflow has this: uvx mlflow db upgrade sqlite:///mlflow.db'],
]);

export function unknownCommand(name: string): MlctlError {
  const near = nearestNames(
    name,
    COMMANDS.map((row) => row.name),
  );
  const elsewhere = ELSEWHERE.get(name.toLowerCase());
  const [suggestion] = elsewhere === undefined ? near : [];
  return new MlctlError('USAGE', `unknown command '${printable(name, 100)}'`, {
    hint: elsewhere ?? (suggestion ? `did you mean ${suggestion}?` : 'mlctl --help'),
    details: suggestion ? { suggestion } : {},
  });
}
