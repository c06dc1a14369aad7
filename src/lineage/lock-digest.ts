// The lock file that this mlctl was built with, as a digest.

/** Put in by the build (scripts/bundles.mjs). */
declare const MLCTL_LOCK: string | undefined;
/** `sha256:<hex>`; null if it was not built. */
export const LOCK_DIGEST: string | null = typeof MLCTL_LOCK === 'string' ? MLCTL_LOCK : null;
