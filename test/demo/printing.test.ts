import { describe, expect, test } from 'vitest';
import { createPrinter, wrap } from '../../src/demo/printing.ts';

describe('the demo on a terminal of 100 columns', () => {
  test('parts a line at its spaces, and cuts a word that is longer than its column', () => {
    expect(wrap('open hearing reminded', 12)).toEqual(['open hearing', 'reminded']);
    expect(wrap('at open.hearing.reminded', 12)).toEqual(['at', 'open.hearing', '.reminded']);
    expect(wrap('', 12)).toEqual(['']);
  });

  test('never writes past its right edge', () => {
    const lines: string[] = [];
    const printer = createPrinter({ write: (line) => void lines.push(line), color: false });
    printer.say('Maya', 'x'.repeat(150));
    printer.row('state_snapshot', `event-invitation ${'open.hearing.reminded.reached'.repeat(3)}`);
    printer.line('done');
    expect(lines.join('')).toContain('done');
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});
