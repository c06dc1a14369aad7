// Turns the bytes of a `.cbm` into its parts: the core, and the tables of statistics that follow it.
import type { Refuse } from '../refuse.js';
import { FlatBuffer, type FlatTable } from './flat-buffer.js';

interface CbmParts {
  readonly core: FlatTable;
  readonly ctrTables: readonly FlatTable[];
}

const MAGIC = 0x314d4243;
const CTR_PART = 'static_provider_v1';
const BRIDGE = 'run the model in Python, or log it without text and embedding features';

export function readCbm(bytes: Uint8Array, refuse: Refuse): CbmParts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC)
    throw refuse.malformed('the file does not begin with CBM1, the mark of a CatBoost binary model');
  let at = 4;
  /** A size, and so many bytes. */
  const part = (what: string): Uint8Array => {
    const size = sizeAt(what);
    if (at + size > bytes.length)
      throw refuse.malformed(`${what} takes ${size} bytes, but only ${bytes.length - at} are left`);
    at += size;
    return bytes.subarray(at - size, at);
  };
  const sizeAt = (what: string): number => {
    if (at + 4 > bytes.length) throw refuse.malformed(`the file ends before the size of ${what}`);
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const core = new FlatBuffer(part('the core'), 'the core', refuse).root();
  const version = core.text(0);
  if (version !== 'FlabuffersModel_v1')
    throw refuse.unsupported(
      `the format is ${JSON.stringify(version?.slice(0, 40))}, expected FlabuffersModel_v1`,
      BRIDGE,
    );
  const ctrTables: FlatTable[] = [];
  for (const id of core.texts(3)) {
    if (id !== CTR_PART)
      throw refuse.unsupported(`it has the part ${JSON.stringify(id.slice(0, 60))}, which mlctl does not read`, BRIDGE);
    const count = sizeAt('the tables of statistics');
    // Each takes its size, at least.
    if (count * 4 > bytes.length - at)
      throw refuse.malformed(`${count} tables of statistics in ${bytes.length - at} bytes`);
    for (let i = 0; i < count; i++) ctrTables.push(new FlatBuffer(part(`table ${i}`), `table ${i}`, refuse).root());
  }
  if (at < bytes.length) throw refuse.malformed(`${bytes.length - at} bytes follow the model`);
  return { core, ctrTables };
}
