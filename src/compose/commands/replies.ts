/* `replies`: how texts are understood, to try the parser by hand. It stores nothing. */
import { z } from 'zod';
import { type ReplyContext, understand } from '../../sms/understanding/index.ts';

/** A line that is JSON may say what is open for the phone. */
const Line = z.object({
  text: z.string(),
  ctx: z.enum(['event', 'syncup', 'confirm', 'none']).default('event'),
  options: z.int().min(1).max(9).optional(),
  option_labels: z.array(z.string()).optional(),
});

export function readReplies(source: string, print: (line: string) => void): void {
  for (const line of source.split(/\r?\n/).filter((one) => one !== '')) {
    const { text, ctx, options, option_labels: optionLabels } = lineOf(line);
    const context: ReplyContext = {
      ctx,
      ...(options && { options }),
      ...(optionLabels && { optionLabels }),
    };
    print(JSON.stringify({ text, ctx, ...understand(text, context) }));
  }
}

function lineOf(line: string): z.output<typeof Line> {
  try {
    const parsed = Line.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
  } catch {
    // Not JSON: the line is the text.
  }
  return { text: line, ctx: 'event' };
}
