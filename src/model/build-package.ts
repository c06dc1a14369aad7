// Turns a payload and what is known about it into the files of an MLflow ONNX package (contract §4), in memory.
import { statSync } from 'node:fs';
import type { FolderFile } from '../files/write-folder-atomically.js';
import type { Signature } from '../schema/types.js';
import { formatEnvironment, requirementsOf } from './environment.js';
import { formatMlModel } from './format-ml-model.js';
import type { Writable } from './format-yaml.js';
import { formatGolden, GOLDEN_FILE } from './golden.js';
import { formatInputExample, type InputExample } from './input-example.js';
import { LEFT_OUT } from './left-out.js';
import { textInputs } from './text-inputs.js';
import type { GoldenPredictions } from './types.js';

export interface PackageFacts {
  readonly payload: FolderFile;
  readonly signature: Signature | null;
  readonly inputExample: InputExample | null;
  readonly golden: GoldenPredictions | null;
  readonly runId: string | null;
  /** `m-…`; null if the server has no logged models. */
  readonly modelId: string | null;
  /** 32 hex digits, for packages without a model id; only unique, without other meaning. */
  readonly uuid: string;
  readonly artifactPath: string | null;
  /** ms since 1970. */
  readonly createdAt: number;
  readonly mlctlVersion: string;
  /** Columns of the data that the model was trained without. */
  readonly leftOut?: readonly string[];
  /** The model that it was converted from; goes into the metadata of MLmodel. */
  readonly convertedFrom?: Writable;
  /** Files the payload needs beside it (external tensor data). */
  readonly extra?: ReadonlyMap<string, FolderFile>;
}

export const PAYLOAD_NAME = 'model.onnx';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const sizeOf = (file: FolderFile): number => (file instanceof Uint8Array ? file.byteLength : statSync(file.file).size);

/** Every file of the package by its path. */
export function buildPackage(facts: PackageFacts): Map<string, FolderFile> {
  const files = new Map<string, FolderFile>([[PAYLOAD_NAME, facts.payload], ...(facts.extra ?? [])]);
  const add = (entries: object): void => {
    for (const [path, text] of Object.entries(entries)) files.set(path, encode(text as string));
  };
  if (facts.inputExample) add(formatInputExample(facts.inputExample));
  const sizeBytes = [...files.values()].reduce((sum, file) => sum + sizeOf(file), 0);
  if (facts.golden) add({ [GOLDEN_FILE]: formatGolden(facts.golden) });
  add(formatEnvironment(requirementsOf({ textInputs: textInputs(facts.signature).length > 0 })));
  add({
    MLmodel: formatMlModel({
      payload: PAYLOAD_NAME,
      signature: facts.signature,
      inputExample: facts.inputExample?.kind ?? null,
      runId: facts.runId,
      modelId: facts.modelId,
      modelUuid: facts.modelId ?? facts.uuid,
      artifactPath: facts.artifactPath,
      createdAt: facts.createdAt,
      sizeBytes,
      metadata: new Map<string, Writable>([
        ['mlctl_version', facts.mlctlVersion],
        ...(facts.leftOut === undefined ? [] : [[LEFT_OUT, facts.leftOut] as const]),
        ...(facts.convertedFrom === undefined ? [] : [['converted_from', facts.convertedFrom] as const]),
      ]),
    }),
  });
  return files;
}
