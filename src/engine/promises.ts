/*
 * What a step promises beyond its commit: events to send, instances to start, actors to run. They are
 * collected here and become rows of `jobs` in the same write as the step.
 */
import type { Send, Start } from '../../machines/kit.ts';
import { derivedId, NIL_ID } from '../behavior/derived-id.ts';
import type { Origin, Stimulus } from '../behavior/inspector/index.ts';
import { entryId } from '../behavior/row.ts';
import type { ChartStep } from '../chart/step.ts';
import type { InstanceRow } from '../store/instances.ts';
import type { NewJob } from '../store/write-instances.ts';

export type Call = { readonly id: string; readonly src: string; readonly input: unknown };

/** Who wanted it, carried along: an effect sorts after its cause and bears its correlation. */
export type Cause = {
  readonly correlationId: string;
  readonly origin: Origin | null;
  readonly causedAt: number;
};

export type Promised = Cause &
  (
    | { readonly kind: 'send'; readonly send: Send }
    | { readonly kind: 'start'; readonly start: Start }
    | { readonly kind: 'actor'; readonly call: Call }
  );

/** What a job of each kind carries in its row. */
export type SendPayload = Cause & {
  readonly send: Send;
};
export type StartPayload = Cause & { readonly start: Start };
export type ActorPayload = Cause & { readonly instanceId: string; readonly call: Call };

/** The job of a send that no step has made, due at `dueAt` (epoch ms); `key`, a uuid, makes it once. */
export const sendJob = (key: string, payload: SendPayload, dueAt: number): NewJob => ({
  ...{ id: key, kind: 'send', lane: laneOf(NIL_ID, payload.send.to), payload, dueAt },
});

type Promises = {
  /** invoke id → job id, to be completed by `jobsOf`. */
  readonly open: Readonly<Record<string, string>>;
  readonly promised: readonly Promised[];
  /** Readings and transaction actors, to be run before the commit is whole. */
  readonly calls: readonly Call[];
  readonly drops: readonly string[];
};

export function promisesOf(
  deps: { readonly isJob: (src: string) => boolean },
  calls: InstanceRow['calls'],
  { step, stimulus }: { readonly step: ChartStep; readonly stimulus: Stimulus },
): Promises {
  const open: Record<string, string> = { ...calls };
  const promised: Promised[] = [];
  const inside: Call[] = [];
  const drops: string[] = [];
  const { correlationId, origin, at: causedAt } = stimulus;
  const cause = { correlationId, origin, causedAt };
  for (const effect of step.effects) {
    if (effect.kind === 'send' || effect.kind === 'start') promised.push({ ...cause, ...effect });
    if (effect.kind === 'hang_up') {
      const job = open[effect.id];
      if (job !== undefined) drops.push(job);
      delete open[effect.id];
    }
    if (effect.kind === 'call') {
      const call = { id: effect.id, src: effect.src, input: effect.input };
      if (deps.isJob(effect.src)) promised.push({ ...cause, kind: 'actor', call });
      else inside.push(call);
    }
  }
  return { open, promised, calls: inside, drops };
}

/** The rows of an instance's promises, and the calls that are now under way. */
export function jobsOf(
  row: InstanceRow,
  promised: readonly Promised[],
): { readonly jobs: readonly NewJob[]; readonly calls: InstanceRow['calls'] } {
  const calls: Record<string, string> = { ...row.calls };
  const jobs = promised.map((promise, n): NewJob => {
    const id = jobId(row, n);
    if (promise.kind === 'actor') calls[promise.call.id] = id;
    return { id, kind: promise.kind, dueAt: row.steppedAt, ...addressOf(row, id, promise) };
  });
  return { jobs, calls: row.status === 'done' ? {} : calls };
}

/** Sorts by the time of the commit and the order in it, which is the order within a lane. */
const jobId = (row: InstanceRow, n: number): string =>
  entryId({ at: row.steppedAt, position: n, source: row.id, ordinal: row.seq });

function addressOf(
  row: InstanceRow,
  id: string,
  { kind, ...promise }: Promised,
): Pick<NewJob, 'lane' | 'payload'> {
  if ('send' in promise) return { lane: laneOf(row.id, promise.send.to), payload: promise };
  if ('start' in promise) return { lane: laneOf(row.id, promise.start.id), payload: promise };
  return { lane: id, payload: { ...promise, instanceId: row.id } };
}

/** Sends of one instance to another arrive in order: they share a lane, which a start leads. */
export const laneOf = (from: string, to: string): string => derivedId(from, to);
