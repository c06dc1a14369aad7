// Turns a source (the stores, or a bundle) into all that an audit judges. What can be computed from files is computed again.
import { readWhole } from '../artifacts/read-whole.js';
import type { ArtifactStore } from '../artifacts/store.js';
import type { CheckName } from '../documents/check.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import { MlctlError } from '../errors/error.js';
import { readLineage } from '../lineage/read-lineage.js';
import { bindingOf } from '../loader/signature-store.js';
import { type DigestedPackage, digestPackage } from '../model/digest-package.js';
import type { SigningKey } from '../signing/keys.js';
import type { SignatureFiles, SignatureVerdict } from '../signing/types.js';
import type { World } from '../world.js';
import { AUDIT_CHECKS } from './audit-checks.js';
import type { AuditFacts, AuditSource, KeptText } from './audit-facts.js';
import type { SmokeFacts } from './smoke-check.js';
import { walkChecks } from './walk-checks.js';

const RECIPE = 'recipe.yaml';
/** `train` takes no larger one. */
const MAX_RECIPE_BYTES = 1024 * 1024;
const REQUIREMENTS = 'requirements.txt';

/** These are about the command, and not about the model: a server that does not answer refutes nothing. */
const ENDS: ReadonlySet<number> = new Set([2, 4, 6, 70]);

export interface Gathered {
  readonly facts: AuditFacts;
  readonly found: SmokeFacts;
  /** The files as they are now, also if they are not those recorded; null if there are none. */
  readonly digest: DigestedPackage | null;
  readonly signature: SignatureFiles;
  /** What kept the files from being read as a model package; null if they are one. */
  readonly unreadable: MlctlError | null;
}

/** Throws what keeps the model from being found or fetched; whatever is wrong with it is a fact. */
export async function gatherFacts(world: World, source: AuditSource, key: SigningKey | null): Promise<Gathered> {
  const { checks, facts: found, error } = await walkChecks(AUDIT_CHECKS, source.tools, world.signal);
  if (found.found === undefined || (error !== null && ENDS.has(error.exitCode)))
    throw error ?? new MlctlError('BUG', 'the model was not resolved');
  const standing = await source.standing();
  const files = standing.run ? await source.runFiles() : null;
  const outside = [standing.version?.tags, standing.model?.tags];
  const lineage = standing.run && files ? await readLineage(standing.run, files, outside) : null;
  const recipe: KeptText = files ? await keptText(files) : { missing: 'the run cannot be read' };
  const { folder, resolved } = found.found;
  // A package that is not the one recorded was not handed on.
  const digest = found.digest ?? (folder === '' ? null : await digestPackage(folder));
  const signature = await source.signature();
  const seen = await source.observe(standing, lineage, found.modelPackage);
  const requirements = found.modelPackage?.digest.bytes.get(REQUIREMENTS);
  const facts: AuditFacts = {
    uri: found.found.uri,
    resolved,
    standing,
    lineage,
    recipe,
    checks: new Map(checks.map((check): [CheckName, typeof check] => [check.name, check])),
    digest: found.digest
      ? { package: found.digest.package, payload: found.modelPackage?.digest.payload ?? null }
      : null,
    flavor: found.modelPackage?.flavor ?? null,
    requirements: requirements === undefined ? null : linesOf(requirements),
    signature: {
      there: Object.values(signature).some((file) => file !== null),
      verdict: key && (await verdictOf(key, signature, digest, resolved)),
    },
    seen,
  };
  return { facts, found, digest, signature, unreadable: found.modelPackage === undefined ? error : null };
}

async function verdictOf(
  key: SigningKey,
  signature: SignatureFiles,
  digest: DigestedPackage | null,
  resolved: ResolvedDocument,
): Promise<SignatureVerdict> {
  const { verifyPackageSignature } = await import('../signing/verify-package-signature.js');
  const { note = null, files = [] } = digest ?? {};
  const isBound = resolved.kind !== 'path' && resolved.kind !== 'artifact';
  return verifyPackageSignature({
    // A note of MLflow that was not confirmed has failed the check of the files already.
    files: note === null || isBound ? files : [note.file, ...files],
    single: false,
    signature,
    key,
    binding: isBound ? bindingOf(resolved) : null,
  });
}

async function keptText(files: ArtifactStore): Promise<KeptText> {
  const bytes = await readWhole(files, RECIPE, MAX_RECIPE_BYTES);
  if (bytes === null) return { missing: `the run has no ${RECIPE} any more` };
  return typeof bytes === 'string' ? { missing: bytes } : { text: new TextDecoder().decode(bytes) };
}

const linesOf = (bytes: Uint8Array): string[] =>
  new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('-'));
