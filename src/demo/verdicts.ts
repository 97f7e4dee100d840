/* The verdicts in plain lines: what was claimed, whether it holds, and where it does not. */
import type { Verdict } from '../behavior/reports/logged.ts';
import type { Printer } from './printing.ts';

const SHOWN = 5;

/** Tells them all; true when every claim holds. */
export function tellVerdicts(printer: Printer, verdicts: readonly Verdict[]): boolean {
  printer.line('');
  for (const { id, claim, broken } of verdicts) {
    const holds = broken.length === 0;
    printer.line(
      `${holds ? 'holds ' : 'BROKEN'}  ${id.padEnd(6)} ${claim}`,
      holds ? undefined : 'bad',
    );
    for (const sentence of broken.slice(0, SHOWN))
      printer.line(`                ${sentence}`, 'bad');
    if (broken.length > SHOWN) printer.line(`                and ${broken.length - SHOWN} more`);
  }
  const count = verdicts.filter(({ broken }) => broken.length > 0).length;
  printer.line('');
  printer.line(
    count === 0
      ? `All ${verdicts.length} claims hold.`
      : `${count} of ${verdicts.length} claims are broken.`,
    count === 0 ? 'good' : 'bad',
  );
  return count === 0;
}
