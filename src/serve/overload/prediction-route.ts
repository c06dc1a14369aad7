// Turns an address into the route of a prediction, before the router has read it; null for every other address.
const INVOCATIONS = /^\/invocations(\/[^/?]+)?(?:\?|$)/;
const INFER = /^\/v2\/models\/[^/?]+(\/versions\/[^/?]+)?\/infer(?:\?|$)/;

export function predictionRoute(url: string): string | null {
  const invocations = INVOCATIONS.exec(url);
  if (invocations !== null) return invocations[1] === undefined ? '/invocations' : '/invocations/:name';
  const infer = INFER.exec(url);
  if (infer === null) return null;
  return `/v2/models/:model${infer[1] === undefined ? '' : '/versions/:version'}/infer`;
}
