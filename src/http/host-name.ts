// Turns a URL into its host, and says whether the name alone means this machine.

/** By the name alone, as a URL has it; it is not resolved. */
export const isLoopbackName = ({ hostname }: URL): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
