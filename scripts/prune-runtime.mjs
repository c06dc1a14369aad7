// Deletes ONNX Runtime's libraries for other platforms than this one: for images, where nobody will need them again.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', 'onnxruntime-node', 'bin');
const kept = [];
for (const napi of existsSync(bin) ? readdirSync(bin) : [])
  for (const platform of readdirSync(join(bin, napi))) {
    const folder = join(bin, napi, platform);
    if (platform !== process.platform) {
      rmSync(folder, { recursive: true });
      continue;
    }
    for (const arch of readdirSync(folder)) {
      if (arch === process.arch) kept.push(join(folder, arch));
      else rmSync(join(folder, arch), { recursive: true });
    }
  }
if (kept.length === 0) {
  console.error(`onnxruntime-node has nothing for ${process.platform}-${process.arch} in ${bin}`);
  process.exit(1);
}
console.log(`kept ${kept.join(', ')}`);
