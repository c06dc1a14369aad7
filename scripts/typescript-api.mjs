// TypeScript 7 has no API. What asks for `typescript` here gets version 6, which dts-bundle-generator brings. For `node --import`.
import { register } from 'node:module';

const hook = `
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
const bundler = createRequire(${JSON.stringify(import.meta.url)}).resolve('dts-bundle-generator');
const found = pathToFileURL(createRequire(bundler).resolve('typescript')).href;
export const resolve = (name, context, next) => (name === 'typescript' ? { url: found, shortCircuit: true } : next(name, context));
`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
