// MLflow's four stages, and the one that a text names.

export const STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;

export type Stage = (typeof STAGES)[number];

/** The canonical spelling of a stage, whatever its case; undefined for another word. */
export function stageNamed(text: string): Stage | undefined {
  return STAGES.find((stage) => stage.toLowerCase() === text.toLowerCase());
}
