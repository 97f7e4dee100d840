/*
 * Carries out the jobs that commits have promised: sends, starts and actors of the outside world. A
 * job's end is one commit with the step that it causes. Jobs do not retry by themselves (retry is the
 * chart's); only what could not be delivered yet, threw, or lapsed with its node is done again.
 */
import { type ClaimedJob, claimJobs, dropJob, postponeJob } from '../store/jobs.ts';
import { doneEvent, failedEvent } from './actors.ts';
import type { Core } from './core.ts';
import { deliver } from './deliver.ts';
import { createLeases, LEASE_MS, type Leases, RENEW_EVERY_MS } from './leases.ts';
import { type Loop, startLoop } from './loop.ts';
import type { MeasuredTry } from './measuring.ts';
import type { Delivered } from './outcome.ts';
import { recordThrow, type ThrowDeps } from './parking.ts';
import type { ActorPayload, SendPayload, StartPayload } from './promises.ts';
import { start } from './start.ts';

export type WorkerDeps = ThrowDeps & {
  readonly core: Core;
  readonly onError: (error: unknown) => void;
  /** Told of a send whose receiver never came to be. */
  readonly onUndeliverable: () => void;
};

const EVERY_MS = 200;
const MAX_ACTIVE = 64;
const DEFERRED_MS = 150;
/** A receiver that does not exist after a day will not come. */
const PATIENCE_MS = 24 * 3_600_000;
const MAX_WAIT_MS = 60_000;

export type Worker = Loop & { readonly active: () => number };

export function startWorker(deps: WorkerDeps): Worker {
  const { core } = deps;
  const active = new Set<Promise<void>>();
  const leases = createLeases(core);
  const loop = startLoop({
    everyMs: EVERY_MS,
    onError: deps.onError,
    turn: async () => {
      const limit = MAX_ACTIVE - active.size;
      if (limit === 0) return false;
      const end = leases.askNow();
      const jobs = await claimJobs(core.sql, { now: core.now(), leaseMs: LEASE_MS, limit });
      for (const job of jobs) {
        // Its lease lapsed while it still runs here: it must not run twice at once.
        if (leases.holds(job.id)) continue;
        leases.hold(job, end);
        const work = carryOut({ ...deps, leases }, job)
          .catch((error) => deps.onError(error))
          .finally(() => {
            leases.release(job);
            active.delete(work);
            loop.nudge();
          });
        active.add(work);
      }
      return false;
    },
  });
  const renewing = startLoop({
    everyMs: RENEW_EVERY_MS,
    onError: deps.onError,
    turn: async () => {
      await leases.renew();
      return false;
    },
  });
  return {
    nudge: loop.nudge,
    active: () => active.size,
    stop: async () => {
      await loop.stop();
      await Promise.all(active);
      await renewing.stop();
    },
  };
}

type CarryDeps = WorkerDeps & { readonly leases: Leases };

async function carryOut(deps: CarryDeps, job: ClaimedJob): Promise<void> {
  const begunAt = deps.core.now();
  try {
    if (await carry(deps, job)) measure(deps.core, job, { begunAt, ok: true });
  } catch (error) {
    // Once for each job, however often it is tried.
    if (job.tries === 1) measure(deps.core, job, { begunAt, ok: false });
    const dueAt = await recordThrow(deps, {
      ...{ target: targetOf(job), error, doing: `job ${job.kind}`, claims: job.tries },
    });
    await postponeJob(deps.core.sql, { ...job, dueAt });
  }
}

/** Whether the step that the job is for was taken. */
function carry(deps: CarryDeps, job: ClaimedJob): Promise<boolean> {
  if (job.kind === 'send') return carrySend(deps, job, job.payload as SendPayload);
  if (job.kind === 'start') return carryStart(deps, job, job.payload as StartPayload);
  return runActor(deps, job, job.payload as ActorPayload);
}

function measure(
  core: Core,
  job: ClaimedJob,
  { begunAt, ok }: { readonly begunAt: number; readonly ok: boolean },
): void {
  const { causedAt } = job.payload as SendPayload | StartPayload | ActorPayload;
  core.measure({
    ...{ operation: 'job', ok, correlationId: job.id, owner: targetOf(job).organizerId },
    ...{ durationMs: core.now() - begunAt, queueMs: begunAt - causedAt },
  });
}

function targetOf({ organizerId, payload }: ClaimedJob) {
  const { send, start, instanceId } = payload as Partial<SendPayload & StartPayload & ActorPayload>;
  const to = send === undefined ? start : { owner: send.owner, id: send.to };
  return {
    organizerId: to?.owner ?? organizerId,
    id: to?.id ?? instanceId ?? '',
  };
}

async function carrySend(
  deps: WorkerDeps,
  job: ClaimedJob,
  payload: SendPayload,
): Promise<boolean> {
  const { send } = payload;
  const { orStart } = send;
  const key = { value: job.id, hash: '' };
  const delivery = {
    organizerId: send.owner,
    id: send.to,
    event: send.event,
    cause: payload,
    key,
    job: { organizerId: job.organizerId, id: job.id },
  };
  const delivered = await deliver(deps.core, delivery);
  if (delivered.outcome === 'unknown' && orStart !== undefined) {
    await start(deps.core, { ...orStart, id: send.to, owner: send.owner, cause: payload });
    const again = await deliver(deps.core, delivery);
    return settle(deps, job, { delivered: again, payload });
  }
  return settle(deps, job, { delivered, payload });
}

/** A moved step has dropped the job itself. */
async function settle(
  deps: WorkerDeps,
  job: ClaimedJob,
  of: { readonly delivered: Delivered; readonly payload: SendPayload },
): Promise<boolean> {
  const { core } = deps;
  const { outcome } = of.delivered;
  if (outcome === 'moved') return true;
  if (outcome === 'deferred') {
    await postponeJob(core.sql, { ...job, dueAt: core.now() + DEFERRED_MS });
  } else if (outcome === 'unknown' && core.now() - of.payload.causedAt < PATIENCE_MS) {
    await postponeJob(core.sql, { ...job, dueAt: core.now() + backoffMs(job.tries) });
  } else {
    if (outcome === 'unknown') deps.onUndeliverable();
    await dropJob(core.sql, job);
  }
  return false;
}

async function carryStart(
  deps: WorkerDeps,
  job: ClaimedJob,
  payload: StartPayload,
): Promise<boolean> {
  const started = await start(deps.core, {
    ...payload.start,
    cause: payload,
    job: { organizerId: job.organizerId, id: job.id },
  });
  if (started.outcome === 'begun') return true;
  await dropJob(deps.core.sql, job);
  return false;
}

async function runActor(deps: CarryDeps, job: ClaimedJob, payload: ActorPayload): Promise<boolean> {
  const { core } = deps;
  const { call, instanceId } = payload;
  const event = await resultOf(deps, job, payload);
  const delivered = await deliver(core, {
    organizerId: job.organizerId,
    id: instanceId,
    event,
    cause: { correlationId: job.id, origin: null, causedAt: payload.causedAt },
    job: { organizerId: job.organizerId, id: job.id },
    call: { id: call.id, job: job.id },
  });
  if (delivered.outcome === 'moved') return true;
  await dropJob(core.sql, job);
  return false;
}

async function resultOf({ core, leases }: CarryDeps, job: ClaimedJob, { call }: ActorPayload) {
  const actor = core.actors.jobs[call.src];
  if (actor === undefined) throw new Error(`No job actor '${call.src}' is registered.`);
  const scope = {
    key: job.id,
    attempt: job.tries,
    at: core.now(),
    correlationId: job.id,
    mayStillAct: () => leases.mayStillAct(job.id),
    measure: (measured: MeasuredTry) =>
      core.measure({ ...measured, correlationId: job.id, owner: job.organizerId }),
  };
  try {
    const output = await actor(call.input as never, scope);
    return doneEvent(call.id, output);
  } catch (error) {
    return failedEvent(call.id, error);
  }
}

const backoffMs = (tries: number): number => Math.min(MAX_WAIT_MS, 200 * 2 ** Math.min(tries, 10));
