// Turns a package's files, its signature files and a public key into a verdict: whether these are the files that were signed, and
// the name, version and run that they were signed as.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { compareWithSigned } from './compare-with-signed.js';
import type { SigningKey } from './keys.js';
import { openModelSignature } from './model-signature.js';
import { openProvenance, sha256Of } from './provenance.js';
import { signatureFault } from './signature-fault.js';
import { openTestResult } from './test-result.js';
import type { Binding, SignatureFiles, SignaturePart, SignatureVerdict, SignedFile, Statement } from './types.js';

interface Judged {
  readonly files: readonly SignedFile[];
  /** The model is one file and not a folder. */
  readonly single: boolean;
  readonly signature: SignatureFiles;
  readonly key: SigningKey;
  /** What the model is, as its stores say; null for a folder, which no store knows. */
  readonly binding: Binding | null;
}

type Part = SignaturePart['part'];

const passed = (part: Part, message: string, details = {}): SignaturePart => ({
  part,
  status: 'pass',
  message,
  details,
});
const skipped = (part: Part, message: string): SignaturePart => ({ part, status: 'skip', message, details: {} });

/** The refusal of a part, as the part. What is not a refusal is thrown on. */
function failed(part: Part, error: unknown): SignaturePart {
  if (!(error instanceof MlctlError) || error.code !== 'SIGNATURE_REFUSED') throw error;
  return { part, status: 'fail', message: error.message, details: error.details };
}

function boundWords({ name, version, run_id: runId }: Binding): string {
  const model = name === null ? 'no registered version' : `version ${version} of ${printable(name, 120)}`;
  return `${model}${runId === null ? ', no run' : `, run ${printable(runId, 40)}`}`;
}

interface JudgedProvenance {
  readonly part: SignaturePart;
  readonly bound: Binding | null;
  /** The digest of the test result that was signed with it. */
  readonly testResult: string | null;
  readonly statement: Statement | null;
}

function judgeProvenance({ signature, key, binding }: Judged, root: string): JudgedProvenance {
  const nothing = { bound: null, testResult: null, statement: null };
  const { provenance } = signature;
  if (provenance === null) {
    if (binding === null) return { part: skipped('provenance', 'nothing binds the folder to a version'), ...nothing };
    const missing = signatureFault(`there is no provenance that says that the files are ${boundWords(binding)}`);
    return { part: failed('provenance', missing), ...nothing };
  }
  try {
    const { bound, testResult, statement } = openProvenance(provenance, key, root);
    const differs =
      binding !== null && (['name', 'version', 'run_id'] as const).some((fact) => bound[fact] !== binding[fact]);
    if (differs)
      throw signatureFault(`the files were signed as ${boundWords(bound)}, and this is ${boundWords(binding)}`, {
        signed: bound,
        found: binding,
      });
    return { part: passed('provenance', `signed as ${boundWords(bound)}`), bound, testResult, statement };
  } catch (error) {
    return { part: failed('provenance', error), ...nothing };
  }
}

function judgeTestResult(
  { signature, key }: Judged,
  root: string,
  expected: string | null,
): { part: SignaturePart; statement: Statement | null } {
  const { testResult } = signature;
  try {
    if (testResult === null && expected === null)
      return { part: skipped('test_result', 'no test result was signed'), statement: null };
    if (testResult === null) throw signatureFault('the test result that was signed with the provenance is missing');
    if (expected !== null && sha256Of(testResult) !== expected)
      throw signatureFault('the test result is not the one that was signed with the provenance');
    const statement = openTestResult(testResult, key, root);
    return { part: passed('test_result', 'the model had passed its smoke test when it was signed'), statement };
  } catch (error) {
    return { part: failed('test_result', error), statement: null };
  }
}

function verdictOf(
  judged: Judged,
  parts: readonly SignaturePart[],
  more: Partial<SignatureVerdict> = {},
): SignatureVerdict {
  return {
    valid: parts.every(({ status }) => status !== 'fail'),
    key: judged.key.hint,
    root: null,
    files: 0,
    parts,
    bound: null,
    provenance: null,
    test_result: null,
    ...more,
  };
}

/** Never throws for what is wrong with the signature or the files: that is a part that failed. */
export function verifyPackageSignature(judged: Judged): SignatureVerdict {
  const { signature, key } = judged;
  let signed: ReturnType<typeof openModelSignature>;
  try {
    if (signature.signature === null)
      throw signatureFault('there is no signature, so nothing says who made these files');
    signed = openModelSignature(signature.signature, key);
  } catch (error) {
    const others = (['files', 'provenance', 'test_result'] as const).map((part) =>
      skipped(part, 'not judged, because there is no valid signature'),
    );
    return verdictOf(judged, [failed('signature', error), ...others]);
  }
  const provenance = judgeProvenance(judged, signed.root);
  const testResult = judgeTestResult(judged, signed.root, provenance.testResult);
  const parts = [
    passed('signature', `by the key ${key.hint.slice(0, 16)}…`, { key: key.hint }),
    compareWithSigned(judged.files, signed.files, judged.single),
    provenance.part,
    testResult.part,
  ];
  return verdictOf(judged, parts, {
    root: `sha256:${signed.root}`,
    files: signed.files.size,
    bound: provenance.bound,
    provenance: provenance.statement,
    test_result: testResult.statement,
  });
}
