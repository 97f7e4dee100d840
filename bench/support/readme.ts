/* The numbers in README.md, between its markers: a section for each benchmark, of the last run that measured it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withGlance } from './glance.ts';
import type { Machine } from './machine.ts';
import { findingsTable, markdownOf, type Result, type Trouble } from './report.ts';
import { withSections } from './sections.ts';

export type Run = {
  readonly begunAt: Date;
  readonly commit: string;
  readonly machine: Machine;
  readonly postgres: Readonly<Record<string, string>>;
  readonly results: readonly (Result | Trouble)[];
};

const README = new URL('../README.md', import.meta.url);
const MOST = 99;

const WRITTEN = {
  begin: '<!-- numbers: written by npm run bench -->',
  end: '<!-- end of numbers -->',
  heading: /^### (\d+)\. /,
  order: Array.from({ length: MOST }, (_, n) => String(n + 1)),
};

/** Puts the run's benchmarks in place of what stood there of them, and leaves the others. */
export function writeReadme(run: Run, name: string): void {
  const sections = run.results.map(
    (result) => [String(result.item), sectionOf(run, result, name)] as const,
  );
  const text = withSections(readFileSync(README, 'utf8'), WRITTEN, new Map(sections));
  writeFileSync(README, withGlance(text));
}

function sectionOf(run: Run, result: Result | Trouble, name: string): string {
  const title = `### ${result.item}. ${result.title}`;
  const where = whereOf(run, name);
  if ('error' in result) return `${title}\n\n${where}\n\nNot measured: ${result.error}`;
  const tables = [findingsTable(result), ...(result.tables ?? [])];
  return [
    title,
    where,
    ...tables.map((table, n) => (n === 0 ? '' : `${table.title}:\n\n`) + markdownOf(table)),
  ].join('\n\n');
}

function whereOf({ begunAt, commit, machine, postgres }: Run, name: string): string {
  const settings = Object.entries(postgres).map(([key, value]) => `${key} ${value}`);
  return (
    `${begunAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit.slice(0, 9)}: ` +
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryMb} MB, ${machine.system}, ` +
    `Node ${machine.node}; load ${machine.load.toFixed(2)} before the run. PostgreSQL: ${settings.join(', ')}. ` +
    `Every round: [${name}.json](results/${name}.json); as printed: [${name}.txt](results/${name}.txt).`
  );
}
