// Turns a store file into whether it can be written: one change that is made and taken back.
import type { World } from '../../../world.js';
import { Connection } from '../connection.js';

const TAKEN_BACK = Symbol('taken back');

/** Throws STORE_FILE_FAILED or STORE_BUSY. The file and its folder have to allow it, because SQLite keeps its journal beside the file. */
export async function probeWrite(path: string, world: World): Promise<void> {
  const connection = await Connection.open(path, world);
  try {
    await connection.write((sqlite) => {
      // exec() cleans up after a refusal; a prepared statement would keep the file open.
      sqlite.exec('UPDATE alembic_version SET version_num = version_num');
      throw TAKEN_BACK;
    });
  } catch (error) {
    if (error !== TAKEN_BACK) throw error;
  } finally {
    await connection.close();
  }
}
