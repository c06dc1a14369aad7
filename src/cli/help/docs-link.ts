// Turns a page of docs/ into its address.
const DOCS = 'https://github.com/mlctl/mlctl/blob/main/docs';

export const docsLink = (page: string): string => `${DOCS}/${page}`;
