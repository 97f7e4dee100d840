/* How a run is told: a table on the terminal and the same in Markdown. */
import { type Finding, isMet, type Measure, type Measured, type Table } from './measure.ts';
import { rounded } from './stats.ts';

export type Result = Measured & Pick<Measure, 'item' | 'title'>;

export type Trouble = Pick<Measure, 'item' | 'title'> & { readonly error: string };

const goalOf = ({ goal, unit }: Finding): string => {
  if (goal === null) return '';
  return 'atLeast' in goal ? `≥ ${goal.atLeast} ${unit}` : `≤ ${goal.atMost} ${unit}`;
};

const verdictOf = (finding: Finding): string => {
  const met = isMet(finding);
  return met === null ? '' : met ? 'met' : 'MISSED';
};

export const findingsTable = ({ findings }: Measured): Table => ({
  title: 'Findings',
  head: ['', 'measured', 'goal', ''],
  rows: findings.map((finding) => [
    finding.name,
    `${rounded(finding.value)} ${finding.unit}`,
    goalOf(finding),
    verdictOf(finding),
  ]),
});

/** Aligned columns. */
export function textOf({ head, rows }: Table): string {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, n) => Math.max(...lines.map((line) => (line[n] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const markdownOf = ({ head, rows }: Table): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
