// A Parquet file as batches of cast rows; from stdin it is first spooled to a temporary file, because its index is at the end.
import { randomBytes } from 'node:crypto';
import { type FileHandle, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../../data/parquet/byte-source.js';
import { openParquet } from '../../data/parquet/open-parquet.js';
import { openParquetCaster } from '../../schema/cast.js';
import type { CastBatch, EnforcementMode } from '../../schema/cast-types.js';
import type { Signature } from '../../schema/types.js';
import { chunksOf, inputName, isStream, openFile } from '../open-input.js';
import type { InputStream } from '../streams.js';
import { BATCH_ROWS, MOST_WHOLE_BYTES, type RowBatches, wholeBatches } from './row-batches.js';

export async function parquetBatches(
  path: string,
  stdin: InputStream,
  signature: Signature,
  mode: EnforcementMode,
  signal: AbortSignal,
): Promise<RowBatches> {
  const spool = isStream(path) ? await spooled(path, stdin, signal) : null;
  const handle = await openFile(spool ?? path);
  const discard = async (): Promise<void> => {
    await handle.close();
    if (spool !== null) await rm(spool, { force: true });
  };
  try {
    const source = await sourceOf(handle);
    const name = inputName(path);
    return mode === 'strict'
      ? await strictBatches(source, name, signature, signal, discard)
      : mlflowBatches(source, name, signature, signal, discard);
  } catch (error) {
    await discard();
    throw error;
  }
}

async function strictBatches(
  source: ByteSource,
  name: string,
  signature: Signature,
  signal: AbortSignal,
  discard: () => Promise<void>,
): Promise<RowBatches> {
  const file = await openParquet(source, name);
  const caster = openParquetCaster(signature, file.columns);
  if (file.rows === 0)
    caster.findings.say('SCHEMA_NO_ROWS', 'the table has no rows', { found: '0 rows', expected: 'at least one row' });
  const fatal = caster.fatal || file.rows === 0;
  return {
    batches: read(),
    findings: caster.findings,
    fatal: () => fatal,
    warnings: () => [],
    params: () => null,
  };

  async function* read(): AsyncGenerator<CastBatch> {
    try {
      if (fatal) return;
      for (const group of file.groups()) {
        signal.throwIfAborted();
        const values = await group.read(caster.names);
        for (let from = 0; from < group.rows; from += BATCH_ROWS) {
          yield caster.cast(values, from, Math.min(from + BATCH_ROWS, group.rows));
        }
      }
    } finally {
      await discard();
    }
  }
}

/** MLflow's own verdict, which pandas gives to a file as a whole. */
function mlflowBatches(
  source: ByteSource,
  name: string,
  signature: Signature,
  signal: AbortSignal,
  discard: () => Promise<void>,
): RowBatches {
  return wholeBatches(async () => {
    try {
      const [{ readArrowTable }, { castMlflowParquet }] = await Promise.all([
        import('../../data/parquet/read-arrow-table.js'),
        import('../../schema/cast-mlflow.js'),
      ]);
      const table = await readArrowTable(source, name, { mostBytes: MOST_WHOLE_BYTES, signal });
      return castMlflowParquet(table, signature);
    } finally {
      await discard();
    }
  });
}

async function spooled(input: string, stdin: InputStream, signal: AbortSignal): Promise<string> {
  const path = join(tmpdir(), `mlctl-${process.pid}-${randomBytes(8).toString('hex')}.parquet`);
  try {
    await writeFile(path, chunksOf(input, stdin, signal), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return path;
}

async function sourceOf(handle: FileHandle): Promise<ByteSource> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start: number, end = size): Promise<ArrayBuffer> {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = Buffer.from(new ArrayBuffer(length));
      let at = 0;
      while (at < length) {
        const { bytesRead } = await handle.read(bytes, at, length - at, start + at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return bytes.buffer as ArrayBuffer;
    },
  };
}
