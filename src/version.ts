// The version of mlctl and of what it runs on. A test compares them with package.json, so that the start reads no file.
/**
 * The version of mlctl.
 *
 * @example
 * console.log(`mlctl ${VERSION}`);
 */
export const VERSION = '0.1.0';
/** The onnxruntime-node that package.json pins; loading the package itself would be slow. */
export const ONNXRUNTIME_VERSION = '1.30.0';
/** The oldest Node, as `engines` says. */
export const OLDEST_NODE = '20.18.1';
/** The oldest and the newest MLflow that the tests run against. */
export const TESTED_MLFLOW = ['2.22.4', '3.18.0'] as const;
