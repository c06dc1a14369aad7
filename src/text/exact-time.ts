// Turns an ISO time into the time that people read, with its zone.

/** `2026-11-27 21:04:53 UTC`. */
export const exactTime = (iso: string): string => `${iso.replace('T', ' ').slice(0, 19)} UTC`;
