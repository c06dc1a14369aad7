// Turns a Parquet file into batches of cast rows; from stdin it is first spooled to a temporary file, because its index is at the end.
import { type FileHandle, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ByteSource } from '../../data/parquet/byte-source.js';
import { openParquet } from '../../data/parquet/open-parquet.js';
import type { ParquetFile, ParquetValues } from '../../data/parquet/parquet-file.js';
import { readInPieces } from '../../data/parquet/read-in-pieces.js';
import { makeScratch, removeScratch } from '../../files/scratch-folder.js';
import { nextPart } from '../../parts.js';
import { batchRows } from '../../schema/batch-size.js';
import { openParquetCaster } from '../../schema/cast.js';
import type { CastBatch } from '../../schema/cast-types.js';
import type { Signature } from '../../schema/types.js';
import { chunksOf, inputName, isStream, openFile } from '../open-input.js';
import type { InputStream } from '../streams.js';
import type { RowBatches, RowSource } from './whole-batches.js';

export function parquetBatches(source: RowSource, signature: Signature): RowBatches {
  let caster: ReturnType<typeof openParquetCaster> | undefined;
  let fatal = false;
  return {
    batches: read(),
    findings: {
      get kept() {
        return caster?.findings.kept ?? [];
      },
      get groups() {
        return caster?.findings.groups ?? [];
      },
      get total() {
        return caster?.findings.total ?? 0;
      },
    },
    fatal: () => fatal,
    atEnd: () => false,
    advice: () => null,
    warnings: () => caster?.warnings ?? [],
    params: () => null,
  };

  async function* read(): AsyncGenerator<CastBatch> {
    const { file, discard } = await openFileOf(source);
    try {
      caster = openParquetCaster(signature, file.columns, source.beside);
      if (file.rows === 0)
        caster.findings.say('SCHEMA_NO_ROWS', 'the table has no rows', {
          found: '0 rows',
          expected: 'at least one row',
        });
      fatal = caster.fatal || file.rows === 0;
      if (fatal) return;
      const most = batchRows(signature);
      let done = 0;
      for (const group of file.groups) {
        const values = new Map<string, ParquetValues>();
        for await (const piece of readInPieces(group, caster.names)) {
          source.signal.throwIfAborted();
          for (const [column, part] of piece) values.set(column, part);
        }
        for (let from = 0; from < group.rows; from += most) {
          const to = Math.min(from + most, group.rows);
          source.onShare?.((done + to) / file.rows);
          yield caster.cast(values, from, to);
          // Whoever takes the batches may have nothing to wait for.
          await nextPart(source);
        }
        done += group.rows;
      }
    } finally {
      await discard();
    }
  }
}

export async function parquetColumns(source: RowSource): Promise<readonly string[]> {
  const { file, discard } = await openFileOf(source);
  await discard();
  return file.columns.flatMap(({ name, isIndex }) => (isIndex ? [] : [name]));
}

async function openFileOf({ path, stdin, signal }: RowSource): Promise<{
  readonly file: ParquetFile;
  /** Closes the file; one that was spooled is removed. */
  readonly discard: () => Promise<void>;
}> {
  const spool = isStream(path) ? await spooled(path, stdin, signal) : null;
  const handle = await openFile(spool ?? path);
  const discard = async (): Promise<void> => {
    await handle.close();
    if (spool !== null) removeScratch(dirname(spool));
  };
  try {
    return { file: await openParquet(await sourceOf(handle), inputName(path)), discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function spooled(input: string, stdin: InputStream, signal: AbortSignal): Promise<string> {
  const folder = makeScratch();
  const path = join(folder, 'rows.parquet');
  try {
    await writeFile(path, chunksOf(input, stdin, signal), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    removeScratch(folder);
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
