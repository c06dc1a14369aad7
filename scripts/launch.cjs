// Loads the bundled program through V8's code cache, which saves most of its compile time at every start.
// The cache lies beside the program, one file for each version of Node and build; where it is missing or of another build it is
// made at the end of the first run, if the folder can be written. It holds nothing that the program does not.
'use strict';
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const program = join(__dirname, 'mlctl.cjs');
const cache = join(__dirname, `mlctl-${process.version}-${process.platform}-${process.arch}.cache`);

const DIGEST_BYTES = 32;
const digestOf = (data) => createHash('sha256').update(data).digest();

/** undefined where the file is missing or not whole. V8 itself checks only the head: a flipped bit further in ends the process. */
function cachedData() {
  try {
    const file = readFileSync(cache);
    const data = file.subarray(0, -DIGEST_BYTES);
    return digestOf(data).equals(file.subarray(-DIGEST_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: several processes may start at once. */
function keep(script) {
  const mine = `${cache}.${process.pid}.tmp`;
  let made = false;
  try {
    const data = script.createCachedData();
    writeFileSync(mine, Buffer.concat([data, digestOf(data)]), { flag: 'wx' });
    made = true;
    renameSync(mine, cache);
  } catch {
    // What was there before is not ours.
    if (made) rmSync(mine, { force: true });
  }
}

exports.load = () => {
  // The bundle is ASCII by construction, so that V8 keeps it as one byte a character; it is a function already, because a copy of it
  // takes a millisecond.
  const source = readFileSync(program, 'latin1');
  const known = cachedData();
  const script = new Script(source, { filename: program, cachedData: known });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(program), module, program, dirname(program));
  const fresh = known !== undefined && !script.cachedDataRejected;
  return {
    main: module.exports.main,
    /** Called when the answer is written. */
    finish: () => {
      if (!fresh) keep(script);
    },
    keep: () => keep(script),
  };
};
