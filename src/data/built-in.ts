// The data sets that come with mlctl, by the name that a recipe's `data.source` says.
import { iris } from './iris.js';
import type { Table } from './table.js';

export const BUILT_IN: ReadonlyMap<string, () => Table> = new Map([['iris', iris]]);
