#!/usr/bin/env node
// Answers --version, else runs the program with its code cache. The process ends by itself once the answer is written; one that ends
// before has failed, whatever it was that ended it.
'use strict';
const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`mlctl ${require('../package.json').version}\n`);
} else {
  const BUG = 70;
  let answered = false;
  process.exitCode = BUG;
  process.on('exit', (code) => {
    if (!answered && code === BUG)
      process.stderr.write(
        'mlctl ended before it had an answer, which is a bug in mlctl: nothing can be said of the result\n',
      );
  });
  const { main, finish } = require('../dist/launch.cjs');
  // What is thrown here is not shown: it may hold what must not be told.
  main(args).then(
    (code) => {
      answered = true;
      process.exitCode = code;
      finish();
    },
    () => process.exit(BUG),
  );
}
