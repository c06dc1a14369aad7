// Turns the place of a data set in the lineage into its reference in the bill of materials.
export const dataRef = (at: number): string => `data-${at}`;
