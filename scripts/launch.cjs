// Opens the bundles of the program through V8's code cache, which saves most of their compile time at every start.
// A cache lies beside its bundle, one file for each version of Node and build; where it is missing or of another build it is
// made at the end of the first run, if the folder can be written. It holds nothing that the bundle does not.
'use strict';
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const DIGEST_BYTES = 32;
const digestOf = (data) => createHash('sha256').update(data).digest();

/** undefined where the file is missing or not whole. V8 itself checks only the head: a flipped bit further in ends the process. */
function cachedData(cache) {
  try {
    const file = readFileSync(cache);
    const data = file.subarray(0, -DIGEST_BYTES);
    return digestOf(data).equals(file.subarray(-DIGEST_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: several processes may start at once. */
function keep({ script, cache }) {
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

/** What is open, by name. */
const bundles = new Map();

/** What the bundle dist/<name>.cjs exports. */
function open(name) {
  const found = bundles.get(name);
  if (found !== undefined) return found.module.exports;
  const file = join(__dirname, `${name}.cjs`);
  const cache = join(__dirname, `${name}-${process.version}-${process.platform}-${process.arch}.cache`);
  // A bundle is ASCII by construction, so that V8 keeps it as one byte a character; it is a function already, because a copy of it
  // takes a millisecond.
  const source = readFileSync(file, 'latin1');
  const known = cachedData(cache);
  const script = new Script(source, { filename: file, cachedData: known });
  const module = { exports: {} };
  bundles.set(name, { module, script, cache, fresh: known !== undefined && !script.cachedDataRejected });
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file), open);
  return module.exports;
}

exports.open = open;

exports.main = (args) => open('mlctl')['src/cli/main.ts']().main(args);

/** Called when the answer is written. */
exports.finish = () => {
  for (const bundle of bundles.values()) if (!bundle.fresh) keep(bundle);
};
