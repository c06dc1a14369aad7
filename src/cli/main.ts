// The whole program as a function: arguments in, exit code out. The only place that catches everything.
import { VERSION } from '../version.js';
import { ASKS } from './completion/asks.js';

export async function main(argv: readonly string[]): Promise<number> {
  // Nothing else is loaded for this one: it is what a CI job asks first.
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`mlctl ${VERSION}\n`);
    return 0;
  }
  if (argv[0] === ASKS) {
    const { answerWords } = await import('./completion/answer-words.js');
    return answerWords(argv.slice(1));
  }
  const { runProgram } = await import('./run-program.js');
  return runProgram(argv);
}
