// What flags and settings leave out is left out of the request, too, so that defaults stay the operation's.
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

/** `--timeout` bounds opening a model and its answers, too. */
export const inferenceOptions = ({ timeout }: Settings): { readonly timeoutMs?: number } =>
  timeout === null ? {} : { timeoutMs: timeout * 1000 };

/** How strictly a model is judged. */
export const judgeOptions = (settings: Settings) => ({ mode: settings.mode, ...inferenceOptions(settings) });
