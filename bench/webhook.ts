/*
 * Goal 4: from an inbound SMS to the committed step of the invitation that it answers (understood,
 * routed, stepped, logged), beside the same webhook behind which there is only the signature check and
 * one insert. A round is a number of texts from as many phones; it ends with the last commit.
 *
 * Texts are held (SMS_PAUSED), so that the answers to the invitees are made and stored, and no carrier
 * takes part of the two cores.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../src/store/connect.ts';
import type { Sql } from '../src/store/orm.ts';
import { type HttpLoad, startHttpLoad } from './support/http-load.ts';
import { inviteAll, phoneOf } from './support/invited.ts';
import { type Bench, found, type Measure } from './support/measure.ts';
import { script, startListening, startServer } from './support/processes.ts';
import { ACCOUNT, signedText } from './support/signed-texts.ts';
import { median, quantile, rounded } from './support/stats.ts';

const CONNECTIONS = 16;
/** A phone gets three automatic answers an hour: as many rounds have the whole of the work. */
const WORDS: readonly Word[] = [
  { body: 'Yes', reply: 'yes' },
  { body: 'No', reply: 'no' },
  { body: 'Yes', reply: 'yes' },
];

type Word = { readonly body: string; readonly reply: 'yes' | 'no' };

type Ground = {
  readonly bench: Bench;
  readonly load: HttpLoad;
  readonly sql: Sql;
  readonly phones: readonly string[];
};
type Took = {
  readonly perSecond: number;
  readonly answeredPerSecond: number;
  /** Of PostgreSQL, per text, until everything that it promised is done. */
  readonly transactions: number;
  readonly postgresMs: number;
};

export const webhook: Measure = {
  item: 4,
  title: 'From an inbound SMS to the committed step',
  run: async (bench) => {
    const { url, drop } = await bench.database();
    const count = bench.quick ? 100 : 2_000;
    const alone = bench.quick ? 5 : 100;
    const phones = Array.from({ length: count }, (_, n) => phoneOf(n));
    const single = Array.from({ length: alone }, (_, n) => phoneOf(count + n));
    await inviteAll(url, [...phones, ...single]);
    const server = await startServer(await environmentOf(bench, url));
    const bare = await startListening(script('bench/support/bare-webhook.ts', url));
    const load = startHttpLoad();
    const sql = connect({ url, max: 1, applicationName: 'bench webhook' });
    try {
      const ground = { bench, load, sql, phones };
      await toInsert(ground, bare.url, 'Yes');
      const idleMs = await oneByOne({ ...ground, phones: single }, server.url);
      const rounds: { readonly step: Took; readonly insert: number }[] = [];
      for (const { body, reply } of WORDS) {
        const insert = await toInsert(ground, bare.url, body);
        const step = await toStep(ground, server.url, { body, reply });
        rounds.push({ step, insert });
        bench.say(`${rounded(step.perSecond)} steps/s, ${rounded(insert)} inserts/s`);
      }
      return { findings: findingsOf(rounds, idleMs), raw: { count, rounds, idleMs } };
    } finally {
      await load.stop();
      await bare.stop();
      await server.stop();
      await sql.end();
      await drop();
    }
  },
};

const environmentOf = async (bench: Bench, url: string) => ({
  ...{ DATABASE_URL: url, DATA_DIR: await bench.folder('webhook'), SMS_PAUSED: 'true' },
  ...{ PUBLIC_URL: ACCOUNT.publicUrl, TWILIO_API_URL: 'http://127.0.0.1:9' },
  ...{ TWILIO_ACCOUNT_SID: ACCOUNT.accountSid, TWILIO_AUTH_TOKEN: ACCOUNT.authToken },
  TWILIO_FROM: ACCOUNT.number,
});

/** Texts a second that were answered, one after the other over each connection. */
async function toInsert({ load, phones }: Ground, url: string, body: string): Promise<number> {
  const { perSecond } = await load.run({
    ...{ url, durationMs: 0, once: true },
    connections: textsOf(url, phones, body),
  });
  return perSecond;
}

/** Texts a second whose invitation has stepped; ends with the last of them. */
async function toStep(ground: Ground, url: string, { body, reply }: Word): Promise<Took> {
  const { bench, load, sql, phones } = ground;
  const before = await countReplies(sql, reply);
  const spent = { cpu: bench.cpu(), transactions: await countTransactions(sql) };
  const begun = performance.now();
  const answering = load.run({
    ...{ url, durationMs: 0, once: true },
    connections: textsOf(url, phones, body),
  });
  while ((await countReplies(sql, reply)) < before + phones.length) await delay(100);
  const seconds = (performance.now() - begun) / 1_000;
  const { perSecond } = await answering;
  // What the answers have promised is not to burden the next round.
  while (await hasJobs(sql)) await delay(50);
  const postgresMs = bench.cpu().postgresMs - spent.cpu.postgresMs;
  const transactions = (await countTransactions(sql)) - spent.transactions;
  return {
    perSecond: phones.length / seconds,
    answeredPerSecond: perSecond,
    transactions: transactions / phones.length,
    postgresMs: postgresMs / phones.length,
  };
}

/** How long one text takes to its step when nothing else happens, in ms, one value each. */
async function oneByOne({ load, sql, phones }: Ground, url: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (const phone of phones) {
    const begun = performance.now();
    await load.run({
      ...{ url, durationMs: 0, once: true },
      connections: [[signedText(new URL(url).host, { from: phone, body: 'No' })]],
    });
    for (;;) {
      const [row] = await sql<{ reply: string }[]>`
        select reply from invitations where phone = ${phone}`;
      if (row?.reply === 'no') break;
      await delay(2);
    }
    times.push(performance.now() - begun);
  }
  return times;
}

/** Each connection's texts: every phone writes once. */
function textsOf(url: string, phones: readonly string[], body: string): readonly string[][] {
  const { host } = new URL(url);
  return Array.from({ length: CONNECTIONS }, (_, lane) =>
    phones
      .filter((_, n) => n % CONNECTIONS === lane)
      .map((from) => signedText(host, { from, body })),
  );
}

async function countReplies(sql: Sql, reply: string): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::int as count from invitations where reply = ${reply}`;
  return found?.count ?? 0;
}

/** Backends tell what they did about once a second. */
async function countTransactions(sql: Sql): Promise<number> {
  await delay(1_100);
  const [found] = await sql<{ count: number }[]>`
    select xact_commit::float8 as count from pg_stat_database where datname = current_database()`;
  return found?.count ?? 0;
}

async function hasJobs(sql: Sql): Promise<boolean> {
  return (await sql`select from jobs limit 1`).length > 0;
}

function findingsOf(
  rounds: readonly { readonly step: Took; readonly insert: number }[],
  idleMs: readonly number[],
) {
  return [
    found('Texts/s to the committed step', median(rounds.map((r) => r.step.perSecond)), 'texts/s'),
    found('Texts/s to the one insert', median(rounds.map((r) => r.insert)), 'texts/s'),
    found('Step ÷ insert', median(rounds.map((r) => r.step.perSecond / r.insert)), 'x', {
      atLeast: 0.5,
    }),
    found(
      'Transactions a text, its answer included',
      median(rounds.map((r) => r.step.transactions)),
      '',
    ),
    found('PostgreSQL ms a text', median(rounds.map((r) => r.step.postgresMs)), 'ms'),
    found('Text to step alone, p50', quantile(idleMs, 0.5), 'ms'),
    found('Text to step alone, p99', quantile(idleMs, 0.99), 'ms'),
  ];
}
