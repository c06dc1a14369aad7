// The version of mlctl; a test holds it equal to package.json's, so that the start reads no file.
export const VERSION = '0.1.0';
/** The onnxruntime-node that package.json pins; the package itself is too heavy to be asked. */
export const ONNXRUNTIME_VERSION = '1.30.0';
