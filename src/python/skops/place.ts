// Turns the way from the root of a file down to a value into a text such as `steps[1][1].coef_`, only when it is needed.

export interface Place {
  readonly parent: Place | null;
  readonly step: string;
  /** The value is the dict of an object's attributes, so its keys are written with a dot. */
  readonly isAttributes: boolean;
}

export const ROOT_PLACE: Place = { parent: null, step: '', isAttributes: false };

export function stepInto(parent: Place, step: string): Place {
  return { parent, step, isAttributes: false };
}

/** The place of an object's state, which is written as the object itself. */
export function attributesOf(parent: Place): Place {
  return { parent, step: '', isAttributes: true };
}

/** Empty for the root. */
export function placeText(place: Place): string {
  const steps: string[] = [];
  for (let at: Place | null = place; at !== null; at = at.parent) steps.push(at.step);
  return steps.reverse().join('').replace(/^\./, '');
}
