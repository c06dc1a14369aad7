// The real program as a process that is not waited for with a blocked event loop: for tests that serve what it asks.
import { spawn } from 'node:child_process';
import { type CliOptions, cleanEnvironment, type Transcript } from './cli.js';
import { BIN, scratch } from './paths.js';

export function runCliAsync(args: readonly string[], options: CliOptions = {}): Promise<Transcript> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.node ?? process.execPath, [BIN, ...args], {
      cwd: options.cwd ?? scratch('mlctl-cwd-'),
      env: cleanEnvironment(options.env),
      timeout: options.timeout ?? 120_000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ stdout, stderr, code }));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}
