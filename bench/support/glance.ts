/* What README.md says of goals in one table on top, read off its sections: both are always of the same runs. */

const BEGIN = '<!-- glance: read off the sections below by npm run bench -->';
const END = '<!-- end of glance -->';
const SECTION = /^### (\d+)\. /;
const FINDING = /^\| (.+?) \| (.+?) \| (.+?) \| (met|MISSED) \|$/;

/** The text with the table between its markers. Throws where one is missing. */
export function withGlance(text: string): string {
  const [head, rest] = text.split(BEGIN);
  const tail = rest?.split(END)[1];
  if (head === undefined || tail === undefined) {
    throw new Error(`The README has lost its markers: put ${BEGIN} and ${END} back.`);
  }
  const rows: string[] = [];
  let item = '';
  for (const line of tail.split('\n')) {
    item = SECTION.exec(line)?.[1] ?? item;
    const [, name, measured, goal, verdict] = FINDING.exec(line) ?? [];
    if (name !== undefined) {
      rows.push(`| ${item} | ${name} | ${measured} | ${goal} | ${verdict} |`);
    }
  }
  const table = ['|  | what | measured | goal |  |', '| --- | --- | --- | --- | --- |', ...rows];
  return [head, BEGIN, '\n\n', table.join('\n'), '\n\n', END, tail].join('');
}
