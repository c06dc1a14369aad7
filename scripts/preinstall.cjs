// Keeps onnxruntime-node's own install script from fetching CUDA libraries that the CPU runtime never uses.
// That script ends at once when three provider files exist, so empty ones are put there, on Linux x64 only, inside this
// package's own copy of onnxruntime-node, never over an existing file, and never when the user has set the choice.
// Whatever goes wrong here must not stop an installation.
'use strict';
try {
  const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
  const { dirname, join } = require('node:path');
  const said = ['ONNXRUNTIME_NODE_INSTALL', 'ONNXRUNTIME_NODE_INSTALL_CUDA'].some(
    (name) =>
      process.env[name] ||
      process.env[`npm_config_${name.toLowerCase()}`] ||
      process.env[`npm_config_${name.toLowerCase().replace(/_/g, '-')}`],
  );
  if (process.platform === 'linux' && process.arch === 'x64' && !said) {
    const here = dirname(__dirname);
    const candidates = [join(here, 'node_modules', 'onnxruntime-node'), join(dirname(here), 'onnxruntime-node')];
    for (const root of candidates) {
      // Hoisted beside us only counts when we are ourselves inside a node_modules folder.
      if (root === candidates[1] && !/node_modules$/.test(dirname(here))) continue;
      if (!existsSync(join(root, 'package.json'))) continue;
      const folder = join(root, 'bin', 'napi-v6', 'linux', 'x64');
      mkdirSync(folder, { recursive: true });
      for (const provider of ['cuda', 'shared', 'tensorrt']) {
        const file = join(folder, `libonnxruntime_providers_${provider}.so`);
        if (!existsSync(file)) writeFileSync(file, '', { flag: 'wx' });
      }
    }
  }
} catch {
  // see above
}
