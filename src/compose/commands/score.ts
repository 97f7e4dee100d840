/* `replies`: how well the parser reads a file of labelled replies, as a table with the bar's verdict. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { scoreReplies } from '../../sms/understanding/score.ts';
import { formatScore, verdictOn } from '../../sms/understanding/score-table.ts';

/** Beside the project: labelled lines are test data and no part of it. */
export const DEFAULT_REPLIES = '../shared/replies/dev.jsonl';

const LABEL = /^(?:yes|no|maybe|unknown|stop|start|help|vote:\[[1-9](?:,[1-9])*\])$/;
const Label = z
  .string()
  .regex(LABEL, "must be yes, no, maybe, unknown, stop, start, help or like 'vote:[1,3]'");
const Line = z.object({
  text: z.string(),
  label: Label,
  accept: z.array(Label).min(1),
  tier: z.string().min(1),
  source: z.string(),
  ctx: z.enum(['event', 'syncup', 'confirm', 'none']),
  lang: z.string(),
  options: z.int().min(1).max(9).optional(),
  option_labels: z.array(z.string()).optional(),
});

/** What is wrong with a file, in a sentence; nothing of its texts is repeated. */
export class RepliesProblem extends Error {}

/** Prints the table; false where the bar is missed. Rejects with `RepliesProblem`. */
export async function scoreFile(file: string, print: (line: string) => void): Promise<boolean> {
  const lines = (await contentOf(file)).split(/\r?\n/);
  lines.forEach((line, index) => {
    const problem = line.trim() === '' ? undefined : problemOf(line);
    if (problem !== undefined) throw new RepliesProblem(`Line ${index + 1} of ${file} ${problem}.`);
  });
  if (lines.every((line) => line.trim() === '')) {
    throw new RepliesProblem(`${file} is empty: give one labelled reply a line.`);
  }
  const score = scoreReplies(lines);
  for (const row of formatScore(score).split('\n')) print(row);
  return verdictOn(score).passed;
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code } = cause as { code?: string };
    const why = code === 'ENOENT' ? 'There is no file' : `${code ?? 'An error'}: nobody can read`;
    throw new RepliesProblem(`${why} ${file}: name one with a labelled reply in each line.`, {
      cause,
    });
  }
}

function problemOf(line: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return 'is not JSON';
  }
  const [issue] = Line.safeParse(parsed).error?.issues ?? [];
  if (issue === undefined) return undefined;
  const at = issue.path.join('.');
  return `is no labelled reply: ${at === '' ? '' : `'${at}' `}${issue.message.replace(/^I/, 'i')}`;
}
