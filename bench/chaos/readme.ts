/* The results in README.md, between its markers: a section for each scenario, of the last full run that played it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { withSections } from '../support/sections.ts';
import type { Result, Run } from './report.ts';
import { scenarios } from './scenarios/index.ts';

const README = new URL('README.md', import.meta.url);

const WRITTEN = {
  begin: '<!-- results: written by npm run chaos -->',
  end: '<!-- end of results -->',
  heading: /^### ([\w-]+): /,
  order: scenarios.map(({ name }) => name),
};

/** Puts the run's scenarios in place of what stood there of them, and leaves the others. `path`: of the run's JSON. */
export function writeReadme(run: Run, path: string): void {
  const text = readFileSync(README, 'utf8');
  writeFileSync(README, withResults(text, run, basename(path)));
}

/** The same, of any text with the markers in it. `file`: the name of the run's JSON. */
export const withResults = (text: string, run: Run, file: string): string =>
  withSections(
    text,
    WRITTEN,
    new Map(run.results.map((result) => [result.name, sectionOf(run, result, file)])),
  );

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
