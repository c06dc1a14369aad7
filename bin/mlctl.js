#!/usr/bin/env node
// Answers --version, else runs the program with its code cache. The process ends by itself once the answer is written.
'use strict';
const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`mlctl ${require('../package.json').version}\n`);
} else {
  const { main, finish } = require('../dist/launch.cjs').load();
  main(args).then((code) => {
    process.exitCode = code;
    finish();
  });
}
