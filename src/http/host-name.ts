// The host of a URL, and whether its name alone says that it is this machine.

/** By the name alone, as a URL has it: nobody is asked what it stands for. */
export const isLoopbackName = ({ hostname }: URL): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
