// Leaves out of a request what the flags and settings leave out, so that the operation keeps its defaults.
import type { StoreOptions } from '../session/stores.js';
import type { Settings } from './command.js';

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

export function defined<T extends object>(facts: T): Defined<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Defined<T>;
}

export function storeOptions(settings: Settings): StoreOptions {
  const { trackingUri, registryUri, experiment, offline } = settings;
  return defined({ trackingUri, registryUri, experiment, offline: offline || undefined });
}

/** `--timeout` also bounds opening a model and its predictions. */
export const inferenceOptions = ({ timeout }: Settings): { readonly timeoutMs?: number } =>
  timeout === null ? {} : { timeoutMs: timeout * 1000 };

/** How strictly a model is judged. */
export const judgeOptions = (settings: Settings) => ({ mode: settings.mode, ...inferenceOptions(settings) });
