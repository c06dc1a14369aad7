// Turns a file name into the kind of another program's data, which is neither read nor written here.
import { extname } from 'node:path';

const SUFFIXES: ReadonlySet<string> = new Set([
  ...['.xls', '.xlsx', '.xlsm', '.xlsb', '.ods', '.numbers'],
  ...['.arrow', '.feather', '.orc', '.avro', '.h5', '.hdf5', '.nc', '.npy', '.npz', '.mat'],
  ...['.pkl', '.pickle', '.joblib', '.rds', '.sas7bdat', '.dta', '.sav', '.db', '.sqlite', '.duckdb'],
  ...['.gz', '.bz2', '.xz', '.zst', '.lz4', '.zip', '.7z', '.tar', '.tgz'],
]);

export const isNameOfOthers = (path: string): boolean => SUFFIXES.has(extname(path).toLowerCase());
