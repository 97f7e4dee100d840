/*
 * What must be true after every scenario, whatever happened in it: acknowledged = applied, log rows =
 * entries, no duplicate, no gap, no timer lost, no job left, one SMS per text.
 */
import type { Ledger } from '../load/ledger.ts';
import type { Town } from '../parts/town.ts';
import type { Finding } from '../scenario.ts';
import { appliedProblems } from './applied.ts';
import { few, judgeLog } from './logged.ts';
import { type SettleOptions, settle } from './settle.ts';
import { timerProblems } from './timers.ts';

export type InvariantOptions = SettleOptions & {
  readonly mayQuarantine?: boolean;
  /** Where the log is, if elsewhere. */
  readonly log?: Town['sql'];
  /** The servers' clock, epoch ms; absent: ours. */
  readonly now?: () => number;
};

/** A finding, and the `error` rows by code. */
export type Judged = Finding & {
  readonly errors: Readonly<Record<string, number>>;
  readonly quarantined: number;
};

/** Waits until the house is quiet, then looks at everything. */
export async function judgeTown(
  town: Pick<Town, 'sql' | 'carrier'>,
  ledger: Ledger,
  options: InvariantOptions,
): Promise<Judged> {
  const { tookMs, left } = await settle(town, options);
  const sids = await sidsOf(town);
  const log = await judgeLog({ ...options, app: town.sql, sids });
  const applied = await appliedProblems(town, ledger);
  const timers = await timerProblems(town, options.now?.() ?? Date.now());
  return {
    ...{ errors: log.errors, quarantined: log.quarantined },
    facts: {
      flows: ledger.flows.length,
      'steps acknowledged': ledger.steps,
      replies: ledger.replies.length,
      texts: sids.length,
      entries: log.entries,
      'log rows': log.rows,
      'error rows': Object.values(log.errors).reduce((sum, count) => sum + count, 0),
      'settled ms': tookMs,
    },
    broken: [
      ...left,
      ...few(ledger.problems),
      ...few(applied),
      ...few(timers),
      ...log.broken,
      ...few(await carrierProblems(town, sids)),
    ],
  };
}

const sidsOf = async ({ carrier }: Pick<Town, 'carrier'>): Promise<readonly string[]> =>
  (await carrier.messages())
    .filter(({ direction }) => direction === 'outbound-api')
    .map(({ sid }) => sid);

/** Each SMS that the carrier took is one text's, and each text that was sent is one SMS. */
async function carrierProblems(
  { sql }: Pick<Town, 'sql'>,
  sids: readonly string[],
): Promise<readonly string[]> {
  const texts = await sql<{ sid: string }[]>`select sid from messages where sid is not null`;
  const known = texts.map(({ sid }) => sid);
  const taken = new Set(sids);
  return [
    ...sids.filter((sid) => !known.includes(sid)).map((sid) => `SMS ${sid} belongs to no text.`),
    ...known.filter((sid) => !taken.has(sid)).map((sid) => `The carrier knows no SMS ${sid}.`),
    ...(new Set(known).size === known.length ? [] : ['Two texts share one SMS.']),
  ];
}
