// Turns the texts that a CatBoost model keeps about its training into facts.
import type { Refuse } from '../refuse.js';

type Json = Readonly<Record<string, unknown>>;

export interface ModelInfo {
  readonly params: Json;
  readonly classParams: Json | null;
  /** `Logloss`, `Tweedie`, …; empty if the file does not say. */
  readonly lossFunction: string;
  /** Of two classes, the raw value above which the second is answered. */
  readonly threshold: number;
}

export const recordOf = (value: unknown): Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {};

export function readModelInfo(info: ReadonlyMap<string, string>, refuse: Refuse): ModelInfo {
  const json = (key: string): unknown => {
    const text = info.get(key);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw refuse.malformed(`${key} is not JSON`);
    }
  };
  const params = recordOf(json('params'));
  const classParams = json('class_params') ?? json('multiclass_params');
  const loss = recordOf(params['loss_function'] ?? json('loss_function'))['type'];
  const probability = Number(info.get('binclass_probability_threshold') ?? 0.5);
  if (!(probability > 0 && probability < 1))
    throw refuse.malformed('binclass_probability_threshold is not between 0 and 1');
  return {
    params,
    classParams: classParams === undefined ? null : recordOf(classParams),
    lossFunction: typeof loss === 'string' ? loss : '',
    threshold: probability === 0.5 ? 0 : -Math.log(1 / probability - 1),
  };
}
