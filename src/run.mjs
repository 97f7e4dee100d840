/*
 * `node src/run.mjs src/main.ts` runs a TypeScript file of ours: all that it imports of ours is made one file, kept until
 * a source changes, and the packages are left to Node. A loader that is asked for each of 800 files takes half of a
 * start, and memory as long as the process lives (docs/architecture.md). With `--make` before the file it is made and not
 * run: for an image whose user may write nothing. Knows no file but the one that it is given.
 */
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [node = '', , ...words] = process.argv;
const isOnlyMade = words[0] === '--make';
const [file = '', ...args] = isOnlyMade ? words.slice(1) : words;
const entry = resolve(file);
const name = relative(root, entry).replaceAll(/[^a-z0-9]+/gi, '-');
// Where Node finds the packages too.
const folder = `${root}node_modules/.cache/funlet`;
const bundle = `${folder}/${name}.mjs`;
/** What a bundle depends on besides its sources: this file, how esbuild reads them, and which esbuild it is. */
const OWN = [fileURLToPath(import.meta.url), `${root}tsconfig.json`, `${root}package-lock.json`];

/** The last line of a bundle: `//{ path: when it was modified, epoch ms }`, of each source. */
async function isFresh() {
  const text = await readFile(bundle, 'utf8').catch(() => '');
  const last = text.slice(text.lastIndexOf('\n') + 1);
  if (!last.startsWith('//{')) return false;
  const sources = Object.entries(JSON.parse(last.slice(2)));
  // One that was copied with its project is another's, and so may be one of the same name.
  const paths = new Set(sources.map(([path]) => path));
  if (![...OWN, entry].every((path) => paths.has(path))) return false;
  const modified = await Promise.all(sources.map(([path]) => modifiedAt(path).catch(() => null)));
  return sources.every(([, at], n) => at === modified[n]);
}

const modifiedAt = async (/** @type {string} */ path) => (await stat(path)).mtimeMs;

async function make() {
  const { build, stop } = await import('esbuild');
  /** @type {Record<string, number>} */
  const sources = {};
  for (const path of OWN) sources[path] = await modifiedAt(path);
  const made = await build({
    ...{ entryPoints: [entry], bundle: true, packages: 'external', write: false },
    ...{ platform: 'node', format: 'esm', target: 'node20' },
    ...{ sourcemap: 'inline', sourcesContent: false, outfile: bundle, logLevel: 'error' },
    plugins: [
      {
        name: 'each file knows where it lies',
        setup: (making) =>
          making.onLoad({ filter: /./ }, async ({ path }) => {
            // Looked at before it is read: a change in between is found at the next start.
            sources[path] = await modifiedAt(path);
            if (!path.endsWith('.ts')) return undefined;
            const text = await readFile(path, 'utf8');
            const here = JSON.stringify(pathToFileURL(path).href);
            return { loader: 'ts', contents: text.replaceAll('import.meta.url', here) };
          }),
      },
    ],
  });
  await stop();
  return `${made.outputFiles[0]?.text}\n//${JSON.stringify(sources)}`;
}

async function keep(/** @type {string} */ text) {
  await mkdir(folder, { recursive: true });
  // Whole or not at all: servers may start at the same moment.
  const own = `${bundle}.${process.pid}`;
  await writeFile(own, text);
  await rename(own, bundle);
}

function giveUp(/** @type {unknown} */ why) {
  console.error(why);
  process.exit(1);
}

if (!(await isFresh())) {
  // What is wrong with a source, esbuild has said itself.
  const text = await make().catch((error) =>
    giveUp('errors' in error ? `${file} was not started: see above.` : error),
  );
  await keep(text).catch(({ code }) =>
    giveUp(
      `${folder} cannot be written (${code}), where what is made of ${file} is kept: let this user write there, or run 'node src/run.mjs --make ${file}' as one who may.`,
    ),
  );
}
if (isOnlyMade) process.exit(0);
process.setSourceMapsEnabled(true);
process.argv = [node, entry, ...args];
await import(pathToFileURL(bundle).href);
