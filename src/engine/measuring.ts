/*
 * How long the server's own work takes, as `latency` entries: every breach of an objective and a sample of
 * the rest. What an organizer or an invitee waits for is measured elsewhere. A measurement is a note,
 * and notes are written by nothing that is measured, so none leaves another behind.
 */
import type { Subject } from '../behavior/meta.ts';
import type { Flow, Operation } from '../behavior/vocabulary.ts';
import type { Note, Notes } from './notes.ts';

export type Measured = {
  readonly operation: Exclude<Operation, 'organizer_turn' | 'sms_round_trip'>;
  readonly durationMs: number;
  /** How long it waited before that. */
  readonly queueMs?: number | undefined;
  readonly providerMs?: number;
  readonly ok: boolean;
  readonly correlationId: string;
  readonly owner?: string;
  readonly subject?: Subject;
  readonly flow?: Flow | undefined;
};

export type Measure = (measured: Measured) => void;

/** A job's own measurement; whose job it is, its worker knows. */
export type MeasuredTry = Pick<Measured, 'operation' | 'durationMs' | 'providerMs' | 'ok'>;

type Objective = { readonly sloMs: number; readonly sampleRate: number };

/**
 * A step is half of an organizer's turn, and there are many of them and of jobs. A text or a push is
 * waited for by nobody, but a service that needs seconds is in trouble. A job may have one of those in it.
 */
const OBJECTIVES: Readonly<Record<Measured['operation'], Objective>> = {
  transition: { sloMs: 250, sampleRate: 0.01 },
  job: { sloMs: 5_000, sampleRate: 0.01 },
  sms_send: { sloMs: 3_000, sampleRate: 0.1 },
  push_send: { sloMs: 3_000, sampleRate: 0.1 },
  export: { sloMs: 1_000, sampleRate: 0.1 },
};

const MINUTE_MS = 60_000;
/** Where everything is slow, writing all of it down would make it slower: from here on breaches are sampled. */
const MAX_BREACHES = 60;

/** `random` from 0 to 1; without it nothing is measured. */
export function createMeasure(deps: {
  readonly notes: Pick<Notes, 'take'>;
  readonly now: () => number;
  readonly random: (() => number) | undefined;
  /** Told what went wrong here, of which nobody's work may know. */
  readonly onFailure: (error: unknown) => void;
}): Measure {
  const { notes, now, random } = deps;
  const breaches = countedByMinute(now);
  if (random === undefined) return () => undefined;
  return (measured) => {
    const { sloMs, sampleRate } = OBJECTIVES[measured.operation];
    const breached = measured.durationMs > sloMs;
    const isCertain = breached && breaches(measured.operation) <= MAX_BREACHES;
    if (!isCertain && random() >= sampleRate) return;
    const kept = { sloMs, breached, sampleRate: isCertain ? 1 : sampleRate };
    try {
      notes.take(noteOf(measured, kept));
    } catch (error) {
      deps.onFailure(error);
    }
  };
}

function noteOf(
  { operation, durationMs, queueMs, providerMs, ok, flow, ...whose }: Measured,
  of: { readonly sloMs: number; readonly breached: boolean; readonly sampleRate: number },
): Note {
  return {
    type: 'latency',
    ...whose,
    metadata: {
      operation,
      // A clock may step back meanwhile.
      duration_ms: Math.max(0, durationMs),
      ...(queueMs === undefined ? {} : { queue_ms: Math.max(0, queueMs) }),
      ...(providerMs === undefined ? {} : { provider_ms: Math.max(0, providerMs) }),
      ...{ slo_ms: of.sloMs, breached: of.breached, ok, sample_rate: of.sampleRate },
      ...(flow === undefined ? {} : { flow }),
    },
  };
}

/** The how manieth this is of its kind since the minute began. */
function countedByMinute(now: () => number): (kind: string) => number {
  let since = now();
  let counts = new Map<string, number>();
  return (kind) => {
    const age = now() - since;
    if (age >= MINUTE_MS || age < 0) {
      since = now();
      counts = new Map();
    }
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count;
  };
}

/** How a try went that reached the outside; undefined where it did not come to that. */
export type Told = Pick<Measured, 'ok' | 'providerMs'> | undefined;

/** What a job's try is told by its worker. */
type MeasuredScope = {
  readonly attempt: number;
  readonly measure: (measured: MeasuredTry) => void;
};

/**
 * A job actor that measures its first try: a later one looks first what became of the one before, and
 * bears the same correlation.
 */
export const measuredActor =
  <In, Out, Scope>(
    actor: (input: In, scope: Scope) => Promise<Out>,
    of: {
      readonly operation: Measured['operation'];
      readonly now: () => number;
      readonly told: (output: Out) => Told;
    },
  ) =>
  async (input: In, scope: Scope & MeasuredScope): Promise<Out> => {
    const begunAt = of.now();
    const tell = (told: Told) => {
      if (told === undefined || scope.attempt > 1) return;
      scope.measure({ ...told, operation: of.operation, durationMs: of.now() - begunAt });
    };
    try {
      const output = await actor(input, scope);
      tell(of.told(output));
      return output;
    } catch (error) {
      tell({ ok: false });
      throw error;
    }
  };
