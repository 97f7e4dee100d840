/*
 * Two columns on a terminal of 100: what is said on the left, the rows of the log on the right as they
 * come. A line on the left waits for a row to stand beside it, until the next one is said.
 */
export type Printer = {
  /** Somebody says or does something. */
  readonly say: (who: string, what: string) => void;
  /** A row of the log. */
  readonly row: (type: string, words: string) => void;
  /** A line across both columns. */
  readonly line: (text: string, mood?: 'good' | 'bad') => void;
};

export type PrinterDeps = { readonly write: (line: string) => void; readonly color: boolean };

const WHO = 8;
const LEFT = 44;
const TYPE = 25;
const RIGHT = 53;
const CODES = { dim: 2, bad: 31, good: 32 } as const;

export function createPrinter({ write, color }: PrinterDeps): Printer {
  let waiting: string[] = [];
  const paint = (code: keyof typeof CODES, text: string): string =>
    color && text !== '' ? `\u001b[${CODES[code]}m${text}\u001b[0m` : text;
  const both = (left: string, right: string) =>
    write(`${left.padEnd(LEFT)} ${paint('dim', '│')} ${paint('dim', right)}`.trimEnd());
  const flush = () => {
    for (const left of waiting) both(left, '');
    waiting = [];
  };
  return {
    say: (who, what) => {
      flush();
      const lines = wrap(what, LEFT - WHO);
      waiting = lines.map((text, index) => `${(index === 0 ? who : '').padEnd(WHO)}${text}`);
    },
    row: (type, words) => {
      for (const [index, text] of wrap(words, RIGHT - TYPE).entries()) {
        both(waiting.shift() ?? '', `${(index === 0 ? type : '').padEnd(TYPE)}${text}`);
      }
    },
    line: (text, mood) => {
      flush();
      write(mood === undefined ? text : paint(mood, text));
    },
  };
}

/** Lines of at most `width` characters, parted at spaces; a longer word is cut. At least one line. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const pieces = new RegExp(`.{1,${width}}`, 'gu');
  for (const word of text.split(/\s+/).flatMap((word) => word.match(pieces) ?? [])) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
