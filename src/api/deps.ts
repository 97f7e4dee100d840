/* What the API is given: everything it needs of the house, made by the composition root. */
import type { Middleware } from 'koa';
import type { SessionDeps } from '../domain/sessions.ts';
import type { Engine } from '../engine/index.ts';
import type { Authenticate, Caller } from './auth.ts';
import type { ApiCharts } from './charts.ts';
import type { Health } from './health.ts';
import type { LocalDevices } from './local-devices.ts';
import type { LogReader } from './log-reader.ts';
import type { Metrics } from './metrics.ts';
import type { Streams } from './streams.ts';

export type ApiDeps = {
  readonly engine: Pick<
    Engine,
    'deliver' | 'start' | 'load' | 'recall' | 'chartOf' | 'markSeen' | 'notes' | 'measure' | 'busy'
  >;
  readonly charts: ApiCharts;
  /** Sessions, organizers and read models (src/domain). */
  readonly domain: SessionDeps;
  /** What was pushed to devices of development; null in production. */
  readonly localDevices: LocalDevices | null;
  readonly log: LogReader;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly authenticate: Authenticate;
  /** Twilio's webhooks, mounted before any body is read. */
  readonly webhooks: Middleware;
  readonly corsOrigins: readonly string[];
  readonly version: string;
  readonly streams: Streams;
  /** Ends streams when the server shuts down. */
  readonly closing: AbortSignal;
  readonly now: () => number;
  readonly id: () => string;
  /** From 0 to 1: which turns are sampled. */
  readonly random: () => number;
  readonly report: (report: Report) => void;
};

/** An error for the operational log: what kind, not what it said (a message may hold a person's data). */
export type Report = {
  readonly correlationId: string;
  readonly route: string;
  readonly error: unknown;
};

/** What a request carries along. */
export type RequestState = {
  correlationId: string;
  begunAt: number;
  caller?: Caller;
  /** The route's path as it is written, for metrics. */
  route?: string;
  /** True while a chart's step may be running: whose exception it is. */
  stepping?: boolean;
};
