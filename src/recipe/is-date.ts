// Turns a text into whether it reads as a date, with or without a time.

const DATE = /^\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?:[ T]\d.*)?$/;

export const isDate = (text: string): boolean => DATE.test(text);
