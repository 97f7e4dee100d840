/* What was found, as a table for people and as JSON for comparisons. */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import type { Finding, Size } from './scenario.ts';

export type Result = Finding & {
  readonly name: string;
  readonly claim: string;
  readonly seconds: number;
};

export function printResult({ name, claim, seconds, facts, broken }: Result): void {
  console.log(`\n${broken.length === 0 ? 'holds ' : 'BROKEN'}  ${name}: ${claim} (${seconds} s)`);
  const width = Math.max(0, ...Object.keys(facts).map((key) => key.length));
  for (const [key, value] of Object.entries(facts))
    console.log(`        ${key.padEnd(width)}  ${value}`);
  for (const sentence of broken) console.log(`    !!  ${sentence}`);
}

export type Run = {
  readonly size: Size;
  readonly seed: number;
  readonly results: readonly Result[];
};

/** Writes `bench/results/chaos-<date>.json`, or, in short form, a file that is not kept; its path. */
export async function writeResults({ size, seed, results }: Run): Promise<string> {
  const folder = new URL('../results/', import.meta.url).pathname;
  await mkdir(folder, { recursive: true });
  const at = new Date().toISOString();
  const name = `chaos-${at.slice(0, 16).replace(':', '')}.json`;
  const path = join(folder, size === 'short' ? `quick-${name}` : name);
  const machine = { node: process.version, cores: cpus().length, kernel: release() };
  await writeFile(path, `${JSON.stringify({ at, size, seed, machine, results }, null, 2)}\n`);
  return path;
}
