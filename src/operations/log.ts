// Turns an existing .onnx file or package folder into a run with a model, by the same commit sequence as `train`.
import { realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { metricValue, record } from '../documents/json-values.js';
import type { LoggedDocument } from '../documents/logged.js';
import { signatureDocument } from '../documents/signature-document.js';
import { MlctlError } from '../errors/error.js';
import { digestOfList, listFolder, sha256, sha256OfFile } from '../files/digest-folder.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import { beginLineage } from '../lineage/begin-lineage.js';
import { isOnnxFile, onnxFileToLog } from '../packaging/log-onnx-file.js';
import { packageToLog } from '../packaging/log-package.js';
import type { GivenModel } from '../packaging/package-to-log.js';
import { checkRegistration, type Registration } from '../registry/record-model-version.js';
import { logModel } from '../runs/log-model.js';
import { lazyStores, type StoreOptions } from '../session/stores.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';

export interface LogRequest extends StoreOptions, GivenModel {
  readonly metrics?: ReadonlyMap<string, number>;
  readonly params?: ReadonlyMap<string, string>;
  readonly tags?: ReadonlyMap<string, string>;
  readonly artifacts?: readonly string[];
  readonly runId?: string;
  readonly runName?: string;
  readonly register?: string;
  /** Of the registered version. */
  readonly stage?: string;
  readonly alias?: string;
  /** Read, run and check the model, and write nothing. */
  readonly dryRun?: boolean;
}

const kindOf = (facts: Stats): string =>
  facts.isFIFO()
    ? 'a named pipe'
    : facts.isSocket()
      ? 'a socket'
      : facts.isFile()
        ? 'a virtual file (/proc, /sys, /dev)'
        : 'a device';

/** Files and folders of --artifact, under their own names. */
function collectArtifacts(world: World, paths: readonly string[]): Map<string, FolderFile> {
  const files = new Map<string, FolderFile>();
  const add = (path: string, file: string): void => {
    if (files.has(path))
      throw new MlctlError('USAGE', `two artifacts would both be called "${printable(path, 120)}"`, {
        hint: 'rename one, or put them into one folder',
      });
    files.set(path, { file });
  };
  for (const path of paths) {
    const place = resolve(world.cwd, path);
    const facts = statSync(place, { throwIfNoEntry: false });
    if (facts?.isFile() && !/^\/(?:proc|sys|dev)\//.test(realpathSync(place))) add(basename(place), place);
    else if (facts?.isDirectory())
      for (const { path: inner, file } of listFolder(place)) add(`${basename(place)}/${inner}`, file);
    else if (facts)
      throw new MlctlError('FILE_REFUSED', `"${printable(path, 150)}" is ${kindOf(facts)} and cannot be logged`, {
        hint: 'copy its content into a file, and log that file',
      });
    else
      throw new MlctlError(
        'FILE_NOT_FOUND',
        `there is no file or folder "${printable(path, 150)}" to log as an artifact`,
        { hint: 'check the path after --artifact; it is relative to this folder' },
      );
  }
  return files;
}

/** Nothing else that is logged is read as CSV. */
function refuseIdleDialect({ inputExample, dialect }: LogRequest): void {
  if (inputExample !== undefined || Object.values(dialect ?? {}).every((value) => value === undefined)) return;
  throw new MlctlError('USAGE', 'it was said how the input example is written, but none was given', {
    hint: 'add --input-example FILE, or leave out --delimiter, --decimal, --encoding, --missing-values and --quote',
  });
}

function registrationOf({ register: name, stage, alias }: LogRequest): Registration | null {
  if (name === undefined && (stage !== undefined || alias !== undefined))
    throw new MlctlError('USAGE', 'a stage or an alias needs a registered model', { hint: 'add --register=NAME' });
  if (name === undefined) return null;
  const registration = { name, ...(stage === undefined ? {} : { stage }), ...(alias === undefined ? {} : { alias }) };
  checkRegistration(registration);
  return registration;
}

/** What would be logged; only a store could give it its ids. */
async function dryDocument(
  world: World,
  request: LogRequest,
  found: Awaited<ReturnType<typeof packageToLog>>,
): Promise<LoggedDocument> {
  const ids = { runId: NO_ID, modelId: null, uuid: NO_ID, artifactPath: '', createdAt: world.now() };
  const files = await digested(await found.build(ids));
  const payload = files.find(({ path }) => path === found.payload);
  return {
    run_id: null,
    experiment: request.experiment ?? null,
    experiment_id: null,
    run_name: request.runName ?? null,
    model_uri: null,
    model_id: null,
    registered: null,
    params: record(request.params ?? new Map()),
    metrics: record([...(request.metrics ?? [])].map(([key, value]) => [key, metricValue(value)] as const)),
    signature: signatureDocument(found.signature),
    digest: { package: digestOfList(files), payload: payload === undefined ? null : `sha256:${payload.sha256}` },
    data: null,
    tracking_uri: null,
    path: null,
    dry_run: true,
  };
}

const NO_ID = '0'.repeat(32);

const digested = (files: ReadonlyMap<string, FolderFile>): Promise<{ path: string; sha256: string }[]> =>
  Promise.all(
    [...files].map(async ([path, content]) => ({
      path,
      sha256: content instanceof Uint8Array ? sha256(content) : await sha256OfFile(content.file),
    })),
  );

export async function logExisting(world: World, request: LogRequest): Promise<LoggedDocument> {
  refuseIdleDialect(request);
  const place = resolve(world.cwd, request.path);
  const facts = statSync(place, { throwIfNoEntry: false });
  if (!facts)
    throw new MlctlError('FILE_NOT_FOUND', `there is no "${printable(request.path, 150)}" to log`, {
      hint: 'name a .onnx file or a folder that holds MLmodel',
    });
  const registration = registrationOf(request);
  const lineage = beginLineage(world, {
    madeBy: 'log',
    source: join(request.path),
    folder: facts.isDirectory() ? place : dirname(place),
  });
  const runFiles = collectArtifacts(world, request.artifacts ?? []);
  let found: Awaited<ReturnType<typeof packageToLog>>;
  if (facts.isDirectory()) found = await packageToLog(world, place, request);
  else if (isOnnxFile(place)) found = await onnxFileToLog(world, place, request);
  else
    throw new MlctlError('USAGE', `"${printable(request.path, 150)}" is neither a .onnx file nor a package folder`, {
      hint: 'mlctl logs .onnx files and MLflow model folders; export the model to one of them first',
    });
  if (request.dryRun === true) return dryDocument(world, request, found);
  const stores = lazyStores(world, request);
  try {
    return await logModel(world, stores, request, {
      ...(request.runName === undefined ? {} : { runName: request.runName }),
      ...(request.runId === undefined ? {} : { existingRunId: request.runId }),
      lineage: await lineage({
        recipe: null,
        data: [],
        split: null,
        seeds: {},
        given: { path: place, digest: found.digest },
      }),
      params: request.params ?? new Map(),
      metrics: request.metrics ?? new Map(),
      tags: request.tags ?? new Map(),
      datasets: [],
      runFiles,
      buildPackage: found.build,
      payload: found.payload,
      vouched: found.vouched,
      signature: found.signature,
      data: null,
      register: registration,
    });
  } finally {
    await stores.close();
  }
}
