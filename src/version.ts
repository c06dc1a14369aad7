// The version of mlctl and what it runs on; a test holds them equal to package.json's, so that the start reads no file.
export const VERSION = '0.1.0';
/** The onnxruntime-node that package.json pins; the package itself is too heavy to be asked. */
export const ONNXRUNTIME_VERSION = '1.30.0';
/** The oldest Node, as `engines` says. */
export const OLDEST_NODE = '20.18.1';
