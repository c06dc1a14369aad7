// Turns what is known of a model's making into a provenance statement (SLSA v1) about the signed files, and a signed statement
// into the name, version and run that it binds them to.
import { createHash } from 'node:crypto';
import { printable } from '../text/printable.js';
import { ENVELOPE } from './bundle-shapes.js';
import { type Envelope, openEnvelope, signStatement } from './dsse.js';
import type { SigningKey } from './keys.js';
import { readJson } from './read-json.js';
import { signatureFault } from './signature-fault.js';
import { SIGNATURE_FILES } from './signature-names.js';
import { PROVENANCE } from './statement-shapes.js';
import type { Binding, Statement } from './types.js';

/** in-toto's resource descriptor. */
export interface Dependency {
  readonly name: string;
  readonly uri?: string;
  readonly digest?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

/** How a model was made, as far as its stores know. */
export interface MakingFacts extends Binding {
  /** True if mlctl trained it: else it was only logged. */
  readonly trained: boolean;
  readonly recipe: Statement | null;
  readonly internal: Statement;
  readonly dependencies: readonly Dependency[];
  /** The recorded lineage and the run, by their digests. */
  readonly byproducts: readonly Dependency[];
  /** ISO 8601. */
  readonly started: string | null;
  readonly ended: string | null;
  /** The version of mlctl that signs. */
  readonly signer: string;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const withoutNull = <Value extends object>(facts: Value): Partial<Value> =>
  Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<Value>;

/** `testResult`: the file that is signed with it, so that nobody can take it away. */
export function signProvenance(
  root: string,
  subject: string,
  facts: MakingFacts,
  testResult: Uint8Array | null,
  key: SigningKey,
): string {
  const {
    name,
    version,
    run_id: runId,
    recipe,
    trained,
    internal,
    dependencies,
    byproducts,
    started,
    ended,
    signer,
  } = facts;
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: subject, digest: { sha256: root } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: `https://mlctl.dev/${trained ? 'train' : 'log'}/v1`,
        externalParameters: withoutNull({ name, version, recipe }),
        internalParameters: internal,
        resolvedDependencies: dependencies,
      },
      runDetails: {
        builder: { id: 'https://mlctl.dev/builder/v1', version: { mlctl: signer } },
        metadata: withoutNull({ invocationId: runId, startedOn: started, finishedOn: ended }),
        byproducts: [
          ...byproducts,
          ...(testResult === null
            ? []
            : [{ name: SIGNATURE_FILES.testResult, digest: { sha256: sha256Of(testResult) } }]),
        ],
      },
    },
  };
  return `${JSON.stringify(signStatement(statement, key, key.hint))}\n`;
}

/** Throws SIGNATURE_REFUSED unless the statement is about this subject. */
export function refuseOtherSubject(
  subject: readonly { readonly digest: Readonly<Record<string, string>> }[],
  root: string,
  what: string,
): void {
  const found = subject[0]?.digest.sha256;
  if (found !== root)
    throw signatureFault(
      `${what} is about other files than the signature: sha256:${printable(found ?? 'none', 80)}, and the signed files are sha256:${root}`,
    );
}

/** `testResult`: the digest of the file that was signed with it. Throws SIGNATURE_REFUSED. */
export function openProvenance(
  bytes: Uint8Array,
  key: SigningKey,
  root: string,
): { bound: Binding; testResult: string | null; statement: Statement } {
  const what = 'the provenance';
  const envelope: Envelope = readJson(bytes, ENVELOPE, what);
  const statement = readJson(openEnvelope(envelope, key, what), PROVENANCE, what);
  refuseOtherSubject(statement.subject, root, what);
  const { externalParameters: given } = statement.predicate.buildDefinition;
  const { metadata, byproducts = [] } = statement.predicate.runDetails;
  return {
    testResult: byproducts.find(({ name }) => name === SIGNATURE_FILES.testResult)?.digest?.sha256 ?? null,
    bound: {
      name: given.name ?? null,
      version: given.version ?? null,
      run_id: metadata?.invocationId ?? null,
    },
    statement,
  };
}
