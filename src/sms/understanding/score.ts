/**
 * Counts how well the parser reads labelled replies: right, acceptable, harmful (acted on a wrong
 * reading) and flipped (yes for no or the reverse), by tier, label, language and source. Labelled
 * lines are test data; nothing of them is in the product.
 */
import type { Reading, ReplyContext } from './reading.ts';
import { understand } from './understand.ts';

/** One labelled reply. `accept` holds every answer that is fine, the wanted one first. */
export type LabelledReply = {
  readonly text: string;
  readonly label: string;
  readonly accept: readonly string[];
  readonly tier: string;
  readonly source: string;
  readonly ctx: ReplyContext['ctx'];
  readonly lang: string;
  readonly options?: number;
  readonly option_labels?: readonly string[];
};

export type Tally = {
  readonly n: number;
  readonly strict: number;
  readonly accept: number;
  readonly harmful: number;
  readonly flips: number;
};

export type Score = {
  /** By group: ALL, tier:*, label:*, lang:*, src:*. */
  readonly groups: ReadonlyMap<string, Tally>;
  readonly thrown: number;
  readonly slow: number;
};

/** A reading that takes longer holds up the replies behind it. */
const SLOW_MS = 20;
/** Processor time in ms: waiting for a busy machine is no line's fault. */
const PROCESSOR = {
  now: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};
const NOTHING: Tally = { n: 0, strict: 0, accept: 0, harmful: 0, flips: 0 };

/** The score of JSON lines, one labelled reply each; blank lines are skipped. */
export function scoreReplies(
  lines: readonly string[],
  clock: { now: () => number } = PROCESSOR,
): Score {
  const groups = new Map<string, Tally>();
  let thrown = 0;
  let slow = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const reply: LabelledReply = JSON.parse(line);
    const said = read(reply);
    if (isSlow(reply, clock)) slow++;
    if (said === undefined) thrown++;
    const tally = tallyOf(reply, said);
    for (const group of groupsOf(reply))
      groups.set(group, sum(groups.get(group) ?? NOTHING, tally));
  }
  return { groups, thrown, slow };
}

/** The label of a reading, in the notation of labelled lines: "yes", "vote:[1,3]". */
export function labelOf(reading: Reading): string {
  return reading.kind === 'vote' ? `vote:[${(reading.choices ?? []).join(',')}]` : reading.kind;
}

/** Each time: what happens once is the collector's pause or the compiler's, not the line's. */
function isSlow(reply: LabelledReply, clock: { now: () => number }): boolean {
  return [1, 2, 3].every(() => {
    const start = clock.now();
    read(reply);
    return clock.now() - start > SLOW_MS;
  });
}

function read(reply: LabelledReply): string | undefined {
  try {
    return labelOf(understand(reply.text, contextOf(reply)));
  } catch {
    return undefined;
  }
}

function contextOf({ ctx, options, option_labels }: LabelledReply): ReplyContext {
  return {
    ctx,
    ...(options !== undefined && { options }),
    ...(option_labels !== undefined && { optionLabels: option_labels }),
  };
}

function tallyOf({ label, accept }: LabelledReply, said: string | undefined): Tally {
  const fine = said !== undefined && accept.includes(said);
  const acted = said !== undefined && /^(?:yes|no|stop|vote)/u.test(said);
  const flipped = (said === 'yes' && label === 'no') || (said === 'no' && label === 'yes');
  return {
    n: 1,
    strict: said === label ? 1 : 0,
    accept: fine ? 1 : 0,
    harmful: acted && !fine ? 1 : 0,
    flips: flipped && !fine ? 1 : 0,
  };
}

function groupsOf(reply: LabelledReply): readonly string[] {
  const label = reply.label.split(':', 1)[0];
  const source = reply.source.split(' ', 1)[0];
  return ['ALL', `tier:${reply.tier}`, `label:${label}`, `lang:${reply.lang}`, `src:${source}`];
}

function sum(a: Tally, b: Tally): Tally {
  return {
    n: a.n + b.n,
    strict: a.strict + b.strict,
    accept: a.accept + b.accept,
    harmful: a.harmful + b.harmful,
    flips: a.flips + b.flips,
  };
}
