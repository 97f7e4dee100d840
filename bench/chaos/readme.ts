/* The results in README.md, between its markers: a section for each scenario, of the last full run that played it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Result, Run } from './report.ts';
import { scenarios } from './scenarios/index.ts';

const BEGIN = '<!-- results: written by npm run chaos -->';
const END = '<!-- end of results -->';
const README = new URL('README.md', import.meta.url);

/** Puts the run's scenarios in place of what stood there of them, and leaves the others. `path`: of the run's JSON. */
export function writeReadme(run: Run, path: string): void {
  const [head, rest] = readFileSync(README, 'utf8').split(BEGIN);
  const [results, tail] = rest?.split(END) ?? [];
  if (head === undefined || results === undefined || tail === undefined) {
    throw new Error(`bench/chaos/README.md has lost its markers: put ${BEGIN} and ${END} back.`);
  }
  const sections = new Map(
    results.split(/^(?=### )/m).flatMap((section) => {
      const [, name] = /^### (\S+)/.exec(section) ?? [];
      return name === undefined ? [] : [[name, section.trim()] as const];
    }),
  );
  for (const result of run.results)
    sections.set(result.name, sectionOf(run, result, basename(path)));
  const inOrder = scenarios.flatMap(({ name }) => sections.get(name) ?? []);
  writeFileSync(README, [head, BEGIN, '\n\n', inOrder.join('\n\n'), '\n\n', END, tail].join(''));
}

function sectionOf(run: Run, result: Result, file: string): string {
  const { name, claim, seconds, facts, broken } = result;
  const verdict = broken.length === 0 ? 'holds' : 'BROKEN';
  const when = file.replace(/^chaos-(\S{10})T(\d\d)(\d\d)\.json$/, '$1 $2:$3 UTC');
  const told = Object.entries(facts).map(([key, value]) => `${key} ${value}`);
  return [
    `### ${name}: ${verdict}`,
    `${claim}. ${when}, --seed ${run.seed}, ${seconds} s; all of it: [${file}](../results/${file}).`,
    ...broken.map((sentence) => `**Broken:** ${sentence}`),
    ...(told.length === 0 ? [] : [`${told.join(' · ')}`]),
  ].join('\n\n');
}
