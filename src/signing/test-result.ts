// Turns the verdict of a test into an in-toto test-result statement about the signed files, and a signed statement back.

import { ENVELOPE } from './bundle-shapes.js';
import { type Envelope, openEnvelope, signStatement } from './dsse.js';
import type { SigningKey } from './keys.js';
import { refuseOtherSubject } from './provenance.js';
import { readJson } from './read-json.js';
import { signatureFault } from './signature-fault.js';
import { TEST_RESULT } from './statement-shapes.js';
import type { Statement } from './types.js';

/** Each check of smoke, the replay of the recorded predictions among them. */
interface TestedCheck {
  readonly name: string;
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
}

interface TestFacts {
  readonly checks: readonly TestedCheck[];
  /** ISO 8601. */
  readonly started: string;
  /** The digest of the package as it was tested. */
  readonly digest: string;
  readonly tester: string;
}

export function signTestResult(
  root: string,
  subject: string,
  { checks, started, digest, tester }: TestFacts,
  key: SigningKey,
): string {
  const named = (status: TestedCheck['status']) =>
    checks.filter((one) => one.status === status).map(({ name }) => name);
  const [failed, warned] = [named('fail'), named('warn')];
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: subject, digest: { sha256: root } }],
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: failed.length > 0 ? 'FAILED' : warned.length > 0 ? 'WARNED' : 'PASSED',
      configuration: [
        {
          name: 'mlctl smoke',
          uri: 'https://mlctl.dev/smoke/v1',
          digest: { sha256: digest.replace(/^sha256:/, '') },
          annotations: { mlctl: tester, started, skipped: named('skip') },
        },
      ],
      passedTests: named('pass'),
      warnedTests: warned,
      failedTests: failed,
    },
  };
  return `${JSON.stringify(signStatement(statement, key, key.hint))}\n`;
}

/** Throws SIGNATURE_REFUSED, also if the tests had failed. */
export function openTestResult(bytes: Uint8Array, key: SigningKey, root: string): Statement {
  const what = 'the test result';
  const envelope: Envelope = readJson(bytes, ENVELOPE, what);
  const statement = readJson(openEnvelope(envelope, key, what), TEST_RESULT, what);
  refuseOtherSubject(statement.subject, root, what);
  if (statement.predicate.result === 'FAILED')
    throw signatureFault(`the signed test result is FAILED: ${(statement.predicate.failedTests ?? []).join(', ')}`);
  return statement;
}
