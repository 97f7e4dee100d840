/* The numbers in README.md, between its markers: written by a whole run, never by hand. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Machine } from './machine.ts';
import { findingsTable, markdownOf, type Result, type Trouble } from './report.ts';

export type Run = {
  readonly begunAt: Date;
  readonly commit: string;
  readonly machine: Machine;
  readonly postgres: Readonly<Record<string, string>>;
  readonly results: readonly (Result | Trouble)[];
};

const BEGIN = '<!-- numbers: written by npm run bench -->';
const END = '<!-- end of numbers -->';
const README = new URL('../README.md', import.meta.url);

export function writeReadme(run: Run, name: string): void {
  const text = readFileSync(README, 'utf8');
  const [head, rest] = text.split(BEGIN);
  const [, tail] = rest?.split(END) ?? [];
  if (head === undefined || tail === undefined) {
    throw new Error(`bench/README.md has lost its markers: put ${BEGIN} and ${END} back.`);
  }
  writeFileSync(README, [head, BEGIN, '\n\n', numbersOf(run, name), '\n\n', END, tail].join(''));
}

function numbersOf({ begunAt, commit, machine, postgres, results }: Run, name: string): string {
  const settings = Object.entries(postgres).map(([key, value]) => `${key} ${value}`);
  return [
    `Run of ${begunAt.toISOString().slice(0, 16).replace('T', ' ')} UTC at commit ${commit.slice(0, 9)}: ` +
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryMb} MB, ${machine.system}, ` +
      `Node ${machine.node}; load ${machine.load.toFixed(2)} before it.`,
    `PostgreSQL: ${settings.join(', ')}.`,
    `Everything that was measured: [${name}.json](results/${name}.json); as printed: [${name}.txt](results/${name}.txt).`,
    ...results.map(sectionOf),
  ].join('\n\n');
}

function sectionOf(result: Result | Trouble): string {
  const title = `### ${result.item}. ${result.title}`;
  if ('error' in result) return `${title}\n\nNot measured: ${result.error}`;
  const tables = [findingsTable(result), ...(result.tables ?? [])];
  return [
    title,
    ...tables.map((table, n) => (n === 0 ? '' : `${table.title}:\n\n`) + markdownOf(table)),
  ].join('\n\n');
}
