/* The engine put together: charts, the log's registries, actors and read models. */
import { charts as modules } from '../../machines/index.ts';
import { createCatalogue } from '../behavior/catalogue/index.ts';
import { errorCodes } from '../behavior/registries.ts';
import { createRegistry, wordsOf } from '../chart/registry.ts';
import type { Config } from '../config.ts';
import { loadCrew, loadCrews, saveCrew, updateCrew } from '../domain/crews.ts';
import { loadEvents } from '../domain/event-targets.ts';
import { saveEvent } from '../domain/events.ts';
import { inviteMore, loadInvited } from '../domain/inviting.ts';
import { readNews } from '../domain/news.ts';
import { loadInvitees, remind } from '../domain/reminding.ts';
import { endFlows, renewSession } from '../domain/session-actors.ts';
import {
  type Actors,
  createEngine,
  type EngineDeps,
  type EngineHooks,
  type ModelWriter,
} from '../engine/index.ts';
import type { PushService } from '../push/push-service.ts';
import { sendPush } from '../push/sending.ts';
import type { Carrier } from '../sms/carrier/carrier.ts';
import { findInvitations, routeReply } from '../sms/routing.ts';
import { sendText } from '../sms/sending.ts';
import { RULES } from '../sms/understanding/rules.ts';
import { writeInvitations } from '../store/invitations.ts';
import { writeMessages } from '../store/messages.ts';
import type { Queryable, Sql } from '../store/orm.ts';
import { writePhones } from '../store/phones.ts';
import { writePrompts } from '../store/prompts.ts';
import { templatesOf } from './charts.ts';

/** One run in a hundred shows each state that it was in. */
const SNAPSHOT_RATE = 0.01;

export type EngineParts = Pick<
  EngineDeps,
  'backendVersion' | 'now' | 'id' | 'onInspectorFailure'
> & {
  readonly sql: Sql;
  readonly carrier: Carrier;
  readonly pushes: PushService | null;
  readonly config: Pick<Config, 'delays' | 'smsPaused' | 'stateSnapshots'>;
  readonly onBatch: (size: number) => void;
  readonly hooks: EngineHooks;
};

/** The catalogue over everything that the charts and the parser may say. */
export const catalogueOfCharts = () =>
  createCatalogue({
    ...wordsOf(modules),
    templates: templatesOf(modules),
    parserRules: new Set<string>(RULES),
    errorCodes: errorCodes(),
  });

export function engineOf({ sql, carrier, pushes, config, hooks, ...rest }: EngineParts) {
  const actors: Actors = {
    transaction: {
      ...{ saveCrew, updateCrew, loadCrews, loadCrew, saveEvent },
      ...{ loadEvents, loadInvited, inviteMore, loadInvitees, remind, endFlows, renewSession },
      ...{ routeReply, findInvitations, readNews },
    },
    jobs: {
      sendText: sendText({ carrier, sql, isPaused: () => config.smsPaused }),
      sendPush: sendPush({ service: pushes, sql }),
    },
  };
  const registry = createRegistry(modules, {
    actors: new Set([...Object.keys(actors.transaction), ...Object.keys(actors.jobs)]),
    delays: config.delays,
  });
  const engine = createEngine(
    {
      ...{ ...rest, sql, actors, charts: registry, catalogue: catalogueOfCharts(), writers },
      snapshotRate: config.stateSnapshots ? SNAPSHOT_RATE : undefined,
    },
    hooks,
  );
  return { engine, registry };
}

/** A chart's `rows` are of the table that they name; which one is known here. */
const writerOf =
  <T>(write: (sql: Queryable, rows: readonly T[]) => Promise<void>): ModelWriter =>
  (sql, rows) =>
    write(sql, rows as unknown as readonly T[]);

const writers: EngineDeps['writers'] = {
  invitations: writerOf(writeInvitations),
  messages: writerOf(writeMessages),
  sms_prompts: writerOf(writePrompts),
  phones: writerOf(writePhones),
};
