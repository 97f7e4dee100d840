/* The engine put together: charts, the log's registries, actors and read models. */
import { charts as modules } from '../../machines/index.ts';
import { createCatalogue } from '../behavior/catalogue/index.ts';
import { errorCodes, type Registries } from '../behavior/registries.ts';
import { createRegistry, wordsOf } from '../chart/registry.ts';
import type { Config } from '../config.ts';
import { loadCrew, loadCrews, saveCrew, updateCrew } from '../domain/crews.ts';
import { changeEvent } from '../domain/event-changes.ts';
import { saveEvent } from '../domain/events.ts';
import {
  finalizeEvent,
  finalizeSyncup,
  loadFinalizable,
  loadFinalizing,
} from '../domain/finalizing.ts';
import { closeEvent, listInvited, settleEvent } from '../domain/gatherings.ts';
import { inviteMore, loadInvited } from '../domain/inviting.ts';
import { readNews } from '../domain/news.ts';
import { loadInvitees, remind } from '../domain/reminding.ts';
import { endFlows, renewSession } from '../domain/session-actors.ts';
import { saveSyncup } from '../domain/syncups.ts';
import { loadTargets } from '../domain/targets.ts';
import { listVoters, settleSyncup } from '../domain/votes.ts';
import {
  type Actors,
  createEngine,
  type EngineDeps,
  type EngineHooks,
  type ModelWriter,
  measuredActor,
} from '../engine/index.ts';
import type { PushService } from '../push/push-service.ts';
import { pushTold, sendPush } from '../push/sending.ts';
import type { Carrier } from '../sms/carrier/carrier.ts';
import type { OnLost } from '../sms/reports.ts';
import { findInvitations, routeReply } from '../sms/routing.ts';
import { createSenders } from '../sms/senders.ts';
import { sendText, textTold } from '../sms/sending.ts';
import type { Standstill } from '../sms/standstill.ts';
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
  'backendVersion' | 'now' | 'elapsedMs' | 'id' | 'random' | 'onInspectorFailure'
> & {
  readonly sql: Sql;
  readonly carrier: Carrier;
  readonly standstill: Standstill;
  readonly onLost: OnLost;
  /** Ours to send from; empty where the carrier chooses. */
  readonly numbers: readonly string[];
  readonly pushes: PushService | null;
  readonly config: Pick<
    Config,
    'delays' | 'helpContact' | 'smsPaused' | 'smsPerSecond' | 'quietHours' | 'stateSnapshots'
  >;
  readonly onBatch: (size: number) => void;
  readonly hooks: EngineHooks;
};

/** Everything that the charts and the parser may say. */
export const registriesOfCharts = (): Registries => ({
  ...wordsOf(modules),
  templates: templatesOf(modules),
  parserRules: new Set<string>(RULES),
  errorCodes: errorCodes(),
});

/** The catalogue over it. */
export const catalogueOfCharts = () => createCatalogue(registriesOfCharts());

export function engineOf(parts: EngineParts) {
  const { sql, carrier, standstill, onLost, numbers, pushes, config, hooks, ...rest } = parts;
  const actors: Actors = {
    readings: {
      ...{ findInvitations, readNews },
      routeReply: (input, scope) => routeReply(input, scope, config.helpContact),
    },
    transaction: {
      ...{ saveCrew, updateCrew, loadCrews, loadCrew, saveEvent, saveSyncup },
      ...{ loadTargets, loadInvited, inviteMore, loadInvitees, remind },
      ...{ loadFinalizable, loadFinalizing, finalizeEvent, finalizeSyncup },
      ...{ settleSyncup, listVoters, settleEvent, listInvited, closeEvent },
      ...{ changeEvent, endFlows, renewSession },
    },
    jobs: {
      sendText: measuredActor(
        sendText({
          ...{ carrier, sql, now: rest.now },
          senders: createSenders({ sql, numbers, perSecond: config.smsPerSecond, now: rest.now }),
          isPaused: () => config.smsPaused,
          ...{ standstill, onLost, quietHours: config.quietHours },
        }),
        { operation: 'sms_send', told: textTold, now: rest.now },
      ),
      sendPush: measuredActor(sendPush({ service: pushes, sql }), {
        ...{ operation: 'push_send', told: pushTold, now: rest.now },
      }),
    },
  };
  const registry = createRegistry(modules, {
    actors: new Set(Object.values(actors).flatMap((kind) => Object.keys(kind))),
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
