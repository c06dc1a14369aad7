// Turns lists of source files into who has which module: every module of src/ is in one bundle, and the others take it from there,
// so that a class of errors is one class and a state is one state.
import { dirname, join, posix, relative } from 'node:path';

/** Every import of the sources below `entries`, as [file, imported file]; packages are left out. */
async function importsBelow(root, entries) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: 'dist',
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
  });
  return new Map(
    Object.entries(metafile.inputs).map(([file, { imports }]) => [
      file,
      imports.filter(({ external }) => !external).map(({ path }) => path),
    ]),
  );
}

/** The files that `entries` need; what is behind an entry of another bundle does not count. */
function neededBy(entries, imports, allEntries) {
  const needed = new Set(entries);
  for (const file of needed) for (const next of imports.get(file) ?? []) if (!allEntries.has(next)) needed.add(next);
  return needed;
}

/**
 * `program` has the entries of the program and `parts` those of each bundle beside it, by name. What the program needs is in the
 * program, what one part needs is in that part, and what several need is in a bundle that is named after them.
 */
export async function shareModules(root, program, parts) {
  const named = Object.entries({ ...program, ...parts });
  const allEntries = new Set(named.flatMap(([, entries]) => entries));
  const imports = await importsBelow(root, [...allEntries]);
  const needs = named.map(([name, entries]) => [name, neededBy(entries, imports, allEntries)]);
  const ownerOf = new Map();
  for (const file of imports.keys()) {
    const names = needs.filter(([, needed]) => needed.has(file)).map(([name]) => name);
    ownerOf.set(file, names[0] in program ? names[0] : names.join('-'));
  }
  const given = new Map([...ownerOf.values()].map((name) => [name, new Set()]));
  for (const [name, entries] of named) for (const file of entries) given.get(name).add(file);
  for (const [file, imported] of imports)
    for (const one of imported) if (ownerOf.get(one) !== ownerOf.get(file)) given.get(ownerOf.get(one)).add(one);
  return { root, ownerOf, given };
}

/** What a bundle gives: the modules that are asked of it, each run when it is first asked for. */
export const entryOf = ({ root, given }, name) => ({
  resolveDir: root,
  contents: `module.exports={${[...given.get(name)].sort().map((file) => `'${file}':()=>require('./${file}')`)}}`,
});

/** Modules of other bundles are taken from them, as `scripts/launch.cjs` opens them. */
export const takeShared = ({ root, ownerOf }, name) => ({
  name: 'take-shared',
  setup(builder) {
    builder.onResolve({ filter: /^\..*\.js$/, namespace: 'file' }, ({ path, importer }) => {
      const file = relative(root, join(dirname(importer), path))
        .replaceAll('\\', '/')
        .replace(/\.js$/, '.ts');
      const owner = ownerOf.get(file);
      return owner === undefined || owner === name ? undefined : { path: posix.join(owner, file), namespace: 'shared' };
    });
    builder.onLoad({ filter: /.*/, namespace: 'shared' }, ({ path }) => {
      const [owner, ...file] = path.split('/');
      return { contents: `module.exports=__open('${owner}')['${file.join('/')}']()` };
    });
  },
});
