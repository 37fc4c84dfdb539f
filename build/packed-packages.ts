import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type OnLoadResult, type Plugin } from 'esbuild';

/**
 * Packages of the agent that most agents do without all their life, each with what has to be loaded before it. The runtime keeps the text of
 * a program in memory, several times over; of these it keeps the packed text alone until something asks for them.
 */
const packages: Readonly<Record<string, readonly string[]>> = {
  '@peculiar/x509': ['reflect-metadata'],
  'ical.js': [],
  'reflect-metadata': [],
  tar: [],
  'windows-iana': [],
  yaml: [],
  yauzl: [],
};

const NAMESPACE = 'packed';
const names = Object.keys(packages).map((name) => name.replaceAll('.', '\\.'));

/** Puts each of the packages into the program as packed text, which is read and run by the first import of it. */
export function packedPackages(projectRoot: string): Plugin {
  return {
    name: 'packed-packages',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^(${names.join('|')})$`) }, ({ path }) => ({ path, namespace: NAMESPACE, sideEffects: true }));
      onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => packed(path, projectRoot));
    },
  };
}

async function packed(name: string, projectRoot: string): Promise<OnLoadResult> {
  const lines = [...(packages[name] ?? []), name].map((each) => `module.exports = require(${JSON.stringify(each)});`);
  const built = await build({
    stdin: { contents: lines.join('\n'), resolveDir: projectRoot },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    write: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
  const [file] = built.outputFiles;
  if (file === undefined) throw new Error(`Nothing was built of ${name}.`);
  return { contents: loaderOf(name, file.text), loader: 'js', resolveDir: projectRoot };
}

/** Which names a package exports is known for certain only when it has run. */
function exportsOf(text: string): string[] {
  const holder: { exports: object } = { exports: {} };
  compileFunction(text, ['require', 'module', 'exports'])(createRequire(import.meta.url), holder, holder.exports);
  return Object.keys(holder.exports).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default' && name !== '__esModule');
}

/** Run by the package's own name, so that a stack trace tells which one it came through. */
function loaderOf(name: string, text: string): string {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  const base64 = brotliCompressSync(text, quality).toString('base64');
  const file = `${name.replaceAll('/', '-')}.cjs`;
  return [
    `import { createRequire } from 'node:module';`,
    `import { compileFunction, constants } from 'node:vm';`,
    `import { brotliDecompressSync } from 'node:zlib';`,
    `const text = brotliDecompressSync(Buffer.from('${base64}', 'base64')).toString();`,
    `const options = { filename: '${file}', importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER };`,
    'const holder = { exports: {} };',
    `compileFunction(text, ['require', 'module', 'exports'], options)(createRequire(process.execPath), holder, holder.exports);`,
    `export const { ${exportsOf(text).join(', ')} } = holder.exports;`,
    'export default holder.exports.default ?? holder.exports;',
  ].join('\n');
}
