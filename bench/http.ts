/*
 * Goal 2: an event over HTTP (token, session, validation, step, commit, answer) beside an empty route
 * of Koa that gets the same bytes. Both servers and the load are processes of their own; rounds are
 * interleaved.
 */
import { converse, SECRET } from './support/conversations.ts';
import { type Loaded, startHttpLoad } from './support/http-load.ts';
import { residentMb } from './support/machine.ts';
import { found, type Measure } from './support/measure.ts';
import { script, startListening, startServer } from './support/processes.ts';
import { median, rounded } from './support/stats.ts';

const LEVELS = [16, 64] as const;
/** What passes, and what is aimed at. */
const GOALS = { 16: { passes: 0.12, aim: 0.2 }, 64: { passes: 0.2, aim: 0.3 } } as const;

type Contest = {
  readonly level: (typeof LEVELS)[number];
  readonly funlet: readonly Loaded[];
  readonly koa: readonly Loaded[];
};

export const http: Measure = {
  item: 2,
  title: 'Over HTTP beside an empty Koa route',
  run: async (bench) => {
    const { url: DATABASE_URL, drop } = await bench.database();
    const DATA_DIR = await bench.folder('http');
    const server = await startServer({ DATABASE_URL, DATA_DIR, AUTH_SECRET: SECRET });
    const koa = await startListening(script('bench/support/empty-koa.ts'));
    const load = startHttpLoad();
    try {
      const conversations = await Promise.all(
        Array.from({ length: Math.max(...LEVELS) }, () => converse(server.url)),
      );
      const durationMs = bench.quick ? 500 : 5_000;
      const contests: Contest[] = [];
      for (const level of LEVELS) {
        const connections = conversations.slice(0, level);
        const round = (url: string, ms: number) => load.run({ url, durationMs: ms, connections });
        for (const { url } of [server, koa]) await round(url, durationMs);
        const contest = { level, funlet: [] as Loaded[], koa: [] as Loaded[] };
        for (let n = 0; n < (bench.quick ? 2 : 5); n += 1) {
          contest.funlet.push(await round(server.url, durationMs));
          contest.koa.push(await round(koa.url, durationMs));
          const [ours, theirs] = [contest.funlet, contest.koa].map((r) => r.at(-1)?.perSecond ?? 0);
          bench.say(
            `${level} connections: ${Math.round(ours ?? 0)}/s, Koa ${Math.round(theirs ?? 0)}/s`,
          );
        }
        contests.push(contest);
      }
      const serverMb = await residentMb(server.pid);
      return {
        findings: contests.flatMap(findingsOf),
        tables: [tableOf(contests)],
        raw: { contests, serverMb },
      };
    } finally {
      await load.stop();
      await koa.stop();
      await server.stop();
      await drop();
    }
  },
};

const perSecond = (rounds: readonly Loaded[]): number => median(rounds.map((r) => r.perSecond));

function findingsOf({ level, funlet, koa }: Contest) {
  const ratio = median(
    funlet.map((round, n) => round.perSecond / (koa[n]?.perSecond ?? Number.NaN)),
  );
  const { passes, aim } = GOALS[level];
  return [
    found(`Events/s at ${level} connections`, perSecond(funlet), 'events/s'),
    found(`Share of empty Koa at ${level} connections`, ratio, 'x', { atLeast: passes }),
    found(`The same, beside the aim`, ratio, 'x', { atLeast: aim }),
  ];
}

const tableOf = (contests: readonly Contest[]) => ({
  title: 'Requests/s, p50 ms, p99 ms (medians of rounds)',
  head: ['connections', 'Funlet', '', '', 'empty Koa', '', ''],
  rows: contests.map(({ level, funlet, koa }) => [
    level,
    ...[funlet, koa].flatMap((rounds) => [
      Math.round(perSecond(rounds)),
      rounded(median(rounds.map((r) => r.p50Ms))),
      rounded(median(rounds.map((r) => r.p99Ms))),
    ]),
  ]),
});
