// The version of mlctl; a test holds it equal to package.json's, so that the start reads no file.
export const VERSION = '0.1.0';
