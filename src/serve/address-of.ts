// Turns the target of a request into what is logged of it: without its query, and not endless.
export const addressOf = (url: string): string => url.replace(/\?.*$/s, '').slice(0, 300);
