/* The demo from beginning to end: play the story, and gather what is to be judged of it. */
import { setTimeout as delay } from 'node:timers/promises';
import { ofType } from '../behavior/reports/logged.ts';
import type { LogRow } from '../behavior/row.ts';
import { type Client, type ClientOptions, createClient } from '../client/index.ts';
import type { DemoEvidence } from './checks.ts';
import { planCrashes, startCrasher } from './crashes.ts';
import { rowOf, type Wire, watchLog } from './log-watch.ts';
import { type Inviting, inviteesOf } from './play-invitees.ts';
import { organizerOf, type Playing } from './play-organizer.ts';
import type { Printer } from './printing.ts';
import { CREW, REMINDED, SILENT, VOTERS } from './story.ts';
import { type Claims, readAt, taken, tokenOf } from './taken.ts';
import { BEATS } from './taps.ts';
import { tellRow } from './tell-row.ts';
import type { Town } from './town.ts';

export type DemoDeps = {
  readonly town: Town;
  readonly printer: Printer;
  readonly now: () => number;
  readonly id: () => string;
  readonly signal: AbortSignal;
};

export type DemoOptions = { readonly crashes: number; readonly seed: number };

/** How long one thing may take. A job whose server was killed is done again after its lease, 30 s. */
const PATIENCE_MS = { calm: 30_000, crashing: 150_000 };

/**
 * Waits of the charts, in ms, in place of hours: who is silent is given up on within the demo. Nobody who
 * writes may be: a reply on its way may have to wait for two leases.
 */
export const delaysOf = ({ crashes }: Pick<DemoOptions, 'crashes'>) => ({
  firstReply: crashes === 0 ? 25_000 : 90_000,
  reconcile: 500,
});

/** Plays the story; gives what it left. */
export async function playDemo(deps: DemoDeps, options: DemoOptions): Promise<DemoEvidence> {
  const { town, printer, now, id, signal } = deps;
  const { crashes, seed } = options;
  const patienceMs = crashes === 0 ? PATIENCE_MS.calm : PATIENCE_MS.crashing;
  const optionsOf = (claims: Claims): ClientOptions => ({
    ...{ url: town.url, appVersion: '4.2.0', id, patienceMs, signal },
    token: () => tokenOf(town.secret, claims),
  });
  const reader = { sub: id(), platform: 'web', scope: 'behavior:read_all' } as const;
  const since = new Date(now()).toISOString();
  const watch = watchLog(
    {
      ...{ url: town.url, token: await tokenOf(town.secret, reader), signal },
      onRow: (row) => showRow(printer, row),
    },
    since,
  );
  const crasher = startCrasher(planCrashes(crashes, BEATS, seed), async (number) => {
    printer.line(`--- the server is killed (${number} of ${crashes}) ---`, 'bad');
    await town.crash();
    printer.line('--- the server is back ---', 'good');
  });
  const common = { watch, printer, id, signal, patienceMs, beat: crasher.beat };
  const client = createClient(optionsOf({ sub: id(), platform: 'ios_app' }));
  const maya = organizerOf({ ...common, client, now });
  const invitees = inviteesOf({ ...common, carrier: town.carrier, together: crashes > 0 });
  const eventId = await playStory(maya, invitees, () =>
    watch.until(
      (rows) => ofType('invitee_timeout', rows).length >= SILENT.length,
      patienceMs,
      'the timeouts of those who did not answer',
    ),
  );
  await crasher.over();
  await showTally(client, printer, eventId);
  const sids = await sidsOf(town);
  await watch.until(
    (rows) => ofType('sms_sent', rows).length >= sids.length,
    patienceMs,
    'an sms_sent for every SMS that the carrier took',
  );
  const watched = idsOf(watch.rows());
  const rows = await readLog(optionsOf(reader), { since, watched, signal });
  const logged = new Set(idsOf(rows));
  // Reading the log leaves rows of its own, which the stream gives before a page has them.
  const meanwhile = idsOf(watch.rows()).filter((id) => logged.has(id));
  return {
    ...{ rows, sids, streamed: [...new Set([...watched, ...meanwhile])] },
    complete: await town.complete(),
    quarantined: await quarantinedAt(town),
  };
}

/** The whole of it, scene by scene; gives the event whose people are reminded. */
async function playStory(
  maya: Playing,
  invitees: Inviting,
  someRanOut: () => Promise<void>,
): Promise<string> {
  await maya.opens();
  const crewId = await maya.makesCrew();
  const syncupId = await maya.asksToVote();
  await invitees.hear(VOTERS);
  await invitees.answer('votes');
  const eventId = await maya.makesEvent(crewId);
  await invitees.hear(CREW);
  await maya.decides(syncupId);
  await invitees.hear(VOTERS);
  await invitees.answer('answers');
  await someRanOut();
  await maya.reminds(eventId);
  await invitees.hear(REMINDED);
  await invitees.answer('reminded');
  await maya.leaves();
  return eventId;
}

const idsOf = (rows: readonly LogRow[]): readonly string[] => rows.map(({ id }) => id);

function hasAll(rows: readonly LogRow[], ids: readonly string[]): boolean {
  const known = new Set(idsOf(rows));
  return ids.every((id) => known.has(id));
}

function showRow(printer: Printer, row: LogRow): void {
  const { type, words } = tellRow(row);
  printer.row(type, words);
}

async function showTally(client: Client, printer: Printer, eventId: string): Promise<void> {
  const { tally } = taken(await client.event(eventId));
  const told = Object.entries(tally).map(([reply, count]) => `${reply} ${count}`);
  printer.say('Maya', `(looks: ${told.join(', ')})`);
}

const sidsOf = async ({ carrier }: Town): Promise<readonly string[]> =>
  (await carrier.messages())
    .filter(({ direction }) => direction === 'outbound-api')
    .map(({ sid }) => sid);

async function quarantinedAt({ url }: Town): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^funlet_quarantined_rows (\d+)$/m.exec(metrics)?.[1] ?? Number.NaN);
}

type Page = { readonly rows: readonly Wire[]; readonly cursor: string | null };
type Reading = {
  readonly since: string;
  /** Ids of rows that it must come to have. */
  readonly watched: readonly string[];
  readonly signal: AbortSignal;
};

const LOOK_EVERY_MS = 250;
const LOOKS = 80;

/** The log page by page, once it has settled: pages keep 5 s behind so as to pass nothing over. */
async function readLog(
  options: ClientOptions,
  { since, watched, signal }: Reading,
): Promise<readonly LogRow[]> {
  const rows: LogRow[] = [];
  let cursor: string | null = null;
  for (let look = 0; look < LOOKS && !hasAll(rows, watched); look += 1) {
    const from = cursor === null ? '' : `&cursor=${cursor}`;
    const page: Page = await readAt(options, `/v1/behavior/logs?limit=500&since=${since}${from}`);
    rows.push(...page.rows.map(rowOf));
    cursor = page.cursor;
    if (!hasAll(rows, watched)) await delay(LOOK_EVERY_MS, undefined, { signal });
  }
  return rows;
}
