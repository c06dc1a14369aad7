// Refuses a reason for a move that its record would not hold.
import { MlctlError } from '../errors/error.js';

/** MLflow keeps 5,000 characters of a tag. */
const MOST_MESSAGE = 1000;

/** Throws VALUE_TOO_LONG for a reason that the record would not hold. */
export function checkMessage(message: string | undefined): void {
  if (message === undefined || message.length <= MOST_MESSAGE) return;
  throw new MlctlError('VALUE_TOO_LONG', `the message has ${message.length} characters; a move keeps ${MOST_MESSAGE}`, {
    hint: 'shorten it',
  });
}
