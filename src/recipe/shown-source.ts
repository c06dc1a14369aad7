// Turns the data source of a recipe into what is logged of it: a web address without its password and its query's secrets.
import { redactUri } from '../text/redact.js';

export const shownSource = (source: string): string => (/^https?:/i.test(source) ? redactUri(source) : source);
