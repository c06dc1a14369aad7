// Secrets that every process of the tests is given, and that nothing it says or writes may hold, whatever the test is about.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Settings that are secret by name; those a test sets itself win over these. */
export const CANARIES: Readonly<Record<string, string>> = {
  MLFLOW_TRACKING_TOKEN: 'canary-of-all-tests-token-b81d',
  MLFLOW_TRACKING_PASSWORD: 'canary-of-all-tests-password-b81d',
  AWS_SECRET_ACCESS_KEY: 'canary-of-all-tests-aws-key-b81d',
};
const SECRETS = Object.values(CANARIES).flatMap((secret) => [
  secret,
  Buffer.from(secret).toString('base64').slice(0, -4),
]);
/** Larger files are data that tests made. */
const MOST_BYTES = 4 << 20;

/** Throws with where it stands. */
export function assertNoCanary(text: string, where: string): void {
  for (const secret of SECRETS) {
    const at = text.indexOf(secret);
    if (at >= 0)
      throw new Error(`a secret was told by ${where}: …${text.slice(Math.max(0, at - 200), at + secret.length)}`);
  }
}

/** Every file below the folder. */
export function assertNoCanaryBelow(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    if (statSync(file).size <= MOST_BYTES) assertNoCanary(readFileSync(file, 'latin1'), file);
  }
}
