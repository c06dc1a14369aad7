// Turns a digested package, and what the stores recorded of it, into the error that names the files that are not those logged.
import { changedPackage, type DigestedPackage } from '../model/digest-package.js';
import { type ClaimedVersion, REGISTERED_MODEL_META } from '../model/registered-model-meta.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';
import { isClaimTrue } from './is-claim-true.js';
import type { ResolvedModel } from './resolve-model.js';

/** What a package is compared with: the stores, or what was recorded of them. */
interface Verifiable extends Pick<ResolvedModel, 'uri' | 'recorded' | 'loggedFiles'> {
  /** Whether MLflow's note in the package is right about the version it names. */
  isClaimTrue(claim: ClaimedVersion): Promise<boolean>;
}

/** Throws INTEGRITY_MISMATCH. A model of which nothing was recorded passes: there is nothing to compare it with. */
export const verifyPackage = (
  world: World,
  resolved: ResolvedModel,
  digest: Omit<DigestedPackage, 'bytes'>,
): Promise<void> => verifyFiles({ ...resolved, isClaimTrue: (claim) => isClaimTrue(world, resolved, claim) }, digest);

/** The same for what is recorded elsewhere. */
export async function verifyFiles(known: Verifiable, digest: Omit<DigestedPackage, 'bytes'>): Promise<void> {
  const { recorded, uri } = known;
  if (recorded === null) return;
  if (digest.package !== recorded.package) throw changedPackage(digest, recorded, uri, await known.loggedFiles());
  const { note } = digest;
  if (note === null || note.claims === 'nothing' || (await known.isClaimTrue(note.claims))) return;
  const { name, version } = note.claims;
  throw changedPackage(
    { package: digest.package, files: [note.file, ...digest.files] },
    recorded,
    uri,
    new Map(digest.files.map(({ path, sha256 }) => [path, sha256])),
    {
      why: `${REGISTERED_MODEL_META} says that this is version ${version} of ${printable(name, 100)}, which the registry does not confirm`,
      hint: `if MLflow wrote it for a version that was deleted since, remove the file ${REGISTERED_MODEL_META}; else do not use these files`,
    },
  );
}
