/*
 * Goal 10: an organizer makes an event final, and 1,000 invitees are told. How many steps a second all that
 * follows from it takes, beside ordinary events at 64 in flight in the same engine; how long the organizer's
 * own answer takes, beside an ordinary event alone; what another organizer notices meanwhile; and memory.
 *
 * The carrier accepts everything at once, so that a finalize is followed to its last step: news, texts sent,
 * invitations that wait for a confirmation.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from '../src/store/orm.ts';
import { causeOf, copyInstances, crowdOf, give, makeTemplate } from './support/crowd.ts';
import { inFlight, type Round } from './support/in-flight.ts';
import { type Event, gather, phoneOf } from './support/invited.ts';
import { residentMb } from './support/machine.ts';
import { type Bench, found, type Measure, type Table } from './support/measure.ts';
import { drained, entriesAndRows } from './support/outbox.ts';
import { type Product, productOver, settled } from './support/product.ts';
import { median, quantile, rounded } from './support/stats.ts';

const LANES = 64;
const CROWD = 2_048;
/** Small finalizes before the first: a server that is asked is seldom one that has just begun. */
const WARMING = Array<number>(20).fill(1);

type Crowd = ReturnType<typeof crowdOf>;
type Ground = { readonly bench: Bench; readonly product: Product; readonly crowd: Crowd };
type Told = {
  readonly answerMs: number;
  readonly steps: number;
  readonly perSecond: number;
  /** Processor ms per step, of this process and of PostgreSQL. */
  readonly nodeMs: number;
  readonly postgresMs: number;
  readonly mb: { readonly before: number; readonly peak: number; readonly after: number };
  /** Of another organizer's events, one after the other; empty where nobody else was there. */
  readonly othersMs: readonly number[];
};
type Compared = {
  readonly alone: Round;
  readonly full: Round;
  readonly told: Told;
  readonly watched: Told;
};

export const finalize: Measure = {
  item: 10,
  title: 'A finalize that tells everybody',
  run: async (bench) => {
    const { url, drop } = await bench.database();
    const product = productOver(url);
    const { app } = product.pools;
    try {
      const invitees = bench.quick ? 200 : 1_000;
      const count = bench.quick ? 2 : 5;
      const due = { from: Date.now() + 3_600_000, to: Date.now() + 7_200_000 };
      const template = await makeTemplate(product.engine, 12);
      await copyInstances(url, template, { crowd: 'finalize', count: CROWD, due });
      const copied = await entriesAndRows(app);
      const sizes = [...WARMING, invitees, ...Array<number>(2 * count).fill(invitees)];
      const events = await gatherAll(product, sizes);
      await settled(product);
      await app`vacuum analyze`;
      const ground = { bench, product, crowd: crowdOf('finalize', CROWD) };
      await ordinary(ground, LANES);
      const measured = events.splice(WARMING.length + 1);
      for (const event of events) await finalizeOne(ground, event, false);
      const rounds: Compared[] = [];
      while (measured.length > 0) rounds.push(await compare(ground, measured.splice(0, 2)));
      await verify(app, { copied, texts: sizes.reduce((sum, size) => sum + size, 0) });
      return { findings: findingsOf(rounds, invitees), tables: [tableOf(rounds)], raw: rounds };
    } finally {
      await product.close();
      await drop();
    }
  },
};

/** One event for each size, with so many invitees. */
async function gatherAll(product: Product, sizes: readonly number[]): Promise<Event[]> {
  const events: Event[] = [];
  let phones = 0;
  for (const size of sizes) {
    const from = phones;
    events.push(
      await gather(
        product,
        Array.from({ length: size }, (_, n) => phoneOf(from + n)),
      ),
    );
    phones += size;
  }
  return events;
}

async function compare(ground: Ground, [first, second]: readonly Event[]): Promise<Compared> {
  if (first === undefined || second === undefined) throw new Error('There is no event left.');
  const alone = await ordinary(ground, 1);
  const full = await ordinary(ground, LANES);
  const told = await finalizeOne(ground, first, false);
  const watched = await finalizeOne(ground, second, true);
  ground.bench.say(
    `${rounded(full.perSecond)} events/s at ${LANES} in flight; ${told.steps} steps at ${rounded(told.perSecond)}/s; answered in ${rounded(told.answerMs)} ms, an ordinary event in ${rounded(alone.p50Ms)} ms`,
  );
  return { alone, full, told, watched };
}

async function ordinary({ bench, product, crowd }: Ground, lanes: number): Promise<Round> {
  await drained(product.pools.app);
  const durationMs = bench.quick ? 500 : 5_000;
  return inFlight({ lanes, durationMs, cpu: bench.cpu }, (lane) => {
    const { key, event } = crowd.next(lane, lanes);
    return give(product.engine, key, event);
  });
}

/** One organizer's finalize to its last step; where it is watched, somebody else goes on talking. */
async function finalizeOne(ground: Ground, event: Event, watched: boolean): Promise<Told> {
  const { bench, product } = ground;
  const { app } = product.pools;
  const flow = { organizerId: event.owner, id: randomUUID() };
  await product.engine.start({
    ...{ machine: 'finalize', id: flow.id, owner: event.owner, input: inputOf(event) },
    cause: causeOf(),
  });
  await drained(app);
  const before = await stepsOf(app);
  const memory = watchMemory();
  let over = false;
  const others = watched ? talk(ground, () => over) : [];
  const spent = bench.cpu();
  const begun = performance.now();
  await give(product.engine, flow, { type: 'organizer.confirmed', notify: true });
  const answerMs = performance.now() - begun;
  await settled(product);
  const seconds = (performance.now() - begun) / 1_000;
  const cpu = bench.cpu();
  over = true;
  const othersMs = await others;
  const steps = (await stepsOf(app)) - before - othersMs.length;
  const mb = await memory();
  return {
    ...{ answerMs, steps, perSecond: steps / seconds, mb, othersMs },
    nodeMs: (cpu.nodeMs - spent.nodeMs) / steps,
    postgresMs: (cpu.postgresMs - spent.postgresMs) / steps,
  };
}

const inputOf = ({ eventId }: Event) => ({
  organizer: { name: 'Ana', country: 'US', timeZone: 'America/New_York' },
  eventId,
});

/** Another organizer, who does one thing after the other. */
async function talk({ product, crowd }: Ground, isOver: () => boolean): Promise<readonly number[]> {
  const times: number[] = [];
  while (!isOver()) {
    const { key, event } = crowd.next(0, 1);
    const begun = performance.now();
    await give(product.engine, key, event);
    times.push(performance.now() - begun);
  }
  return times;
}

const SAMPLE_MS = 50;

/** Resident memory of this process, until it is asked for. */
function watchMemory(): () => Promise<Told['mb']> {
  const mb: number[] = [];
  let over = false;
  const sample = async () => mb.push((await residentMb(process.pid)) ?? Number.NaN);
  const sampling = (async () => {
    while (!over) {
      await sample();
      await delay(SAMPLE_MS);
    }
  })();
  return async () => {
    over = true;
    await sampling;
    await sample();
    return { before: mb[0] ?? Number.NaN, peak: Math.max(...mb), after: mb.at(-1) ?? Number.NaN };
  };
}

/** Every commit of an instance counts one. */
async function stepsOf(sql: Sql): Promise<number> {
  const [found] = await sql<{ steps: number }[]>`
    select coalesce(sum(seq), 0)::int as steps from instances`;
  return found?.steps ?? 0;
}

/** Everybody was told once, and every entry is in the log. */
async function verify(
  sql: Sql,
  of: { readonly copied: Awaited<ReturnType<typeof entriesAndRows>>; readonly texts: number },
): Promise<void> {
  await drained(sql);
  const after = await entriesAndRows(sql);
  const made = after.entries - of.copied.entries;
  const logged = after.rows - of.copied.rows;
  if (made !== logged) throw new Error(`${made} entries were made, and ${logged} rows logged.`);
  const [texts] = await sql<{ count: number }[]>`
    select count(*)::int as count from behavior_logs
    where event_type = 'sms_sent' and metadata->>'purpose' = 'finalize'`;
  if (texts?.count !== of.texts) throw new Error(`${texts?.count} of ${of.texts} were told.`);
}

function findingsOf(rounds: readonly Compared[], invitees: number) {
  const of = (value: (round: Compared) => number) => median(rounds.map(value));
  const others = rounds.flatMap(({ watched }) => watched.othersMs);
  const everything = rounds.flatMap(({ told, watched }) => [told, watched]);
  const before = everything[0]?.mb.before ?? Number.NaN;
  return [
    found(
      `Steps/s of a finalize that tells ${invitees}`,
      of((r) => r.told.perSecond),
      'steps/s',
    ),
    found(
      `Steps/s ÷ ordinary events/s at ${LANES} in flight`,
      of((r) => r.told.perSecond / r.full.perSecond),
      'x',
      { atLeast: 0.5 },
    ),
    found(
      "The organizer's own answer",
      of((r) => r.told.answerMs),
      'ms',
    ),
    found(
      "The same ÷ an ordinary event's p50 alone",
      of((r) => r.told.answerMs / r.alone.p50Ms),
      'x',
      {
        atMost: 3,
      },
    ),
    found("Another organizer's event meanwhile, p50", quantile(others, 0.5), 'ms'),
    found("Another organizer's event meanwhile, at most", Math.max(...others), 'ms'),
    found('Memory before the first', before, 'MB'),
    found('Memory at most', Math.max(...everything.map(({ mb }) => mb.peak)), 'MB'),
    found(
      'Memory after the last ÷ before the first',
      (everything.at(-1)?.mb.after ?? Number.NaN) / before,
      'x',
      { atMost: 1.2 },
    ),
  ];
}

const tableOf = (rounds: readonly Compared[]): Table => ({
  title: 'Rounds',
  head: [
    'events/s',
    'steps',
    'steps/s',
    'Node ms/event',
    '/step',
    'PostgreSQL ms/event',
    '/step',
    'event p50 ms',
    'answer ms',
    'MB before',
    'peak',
    'after',
  ],
  rows: rounds.map(({ alone, full, told }) => [
    ...[Math.round(full.perSecond), told.steps, Math.round(told.perSecond)],
    ...[full.nodeMs, told.nodeMs, full.postgresMs, told.postgresMs].map(rounded),
    ...[alone.p50Ms, told.answerMs, told.mb.before, told.mb.peak, told.mb.after].map(rounded),
  ]),
});
