// Turns the wish for a dry run into the mark that its document carries.

export const dryRunOf = ({ dryRun }: { readonly dryRun?: boolean }): { dry_run?: true } =>
  dryRun === true ? { dry_run: true } : {};
