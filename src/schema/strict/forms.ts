// The four forms of data in a JSON request of the scoring protocol.

export const FORMS = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;
export type Form = (typeof FORMS)[number];
