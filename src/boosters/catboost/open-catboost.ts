// Turns.
import type { FlavorFacts, OpenBooster } from '../types.js';
export function openCatboost(_bytes: Uint8Array, _facts: FlavorFacts, _file: string): OpenBooster { throw new Error('none'); }
