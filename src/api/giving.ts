/*
 * An event given to an instance over HTTP: what of a body is an event, and the answer that each outcome
 * of the engine becomes.
 */
import { z } from 'zod';
import { isClientEvent } from '../behavior/meta.ts';
import { INPUTS } from '../behavior/vocabulary.ts';
import type { Delivered, Delivery } from '../engine/index.ts';
import type { ApiChart } from './charts.ts';
import { check } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { bodyOf, type InstanceBody } from './instance-body.ts';
import { noteTurn } from './latency.ts';
import { notFound, Refusal } from './problems.ts';
import type { Asked } from './route.ts';
import { type Certainty, doTurn, markReplayed, type Turn } from './turn.ts';

export const Via = z.enum(INPUTS).describe('How the organizer gave the event.');

/** Any event: each chart's own are told by `GET /v1/machines/{machine}`. */
export const AnyEventBody = z.looseObject({
  type: z.string().meta({ examples: ['organizer.cancelled'] }),
  via: Via.optional(),
});

export type ClientEvent = Delivery['event'];

/** The event of a body, with the payload that the chart declares for it and nothing else. */
export function eventOf(
  chart: ApiChart,
  body: Readonly<Record<string, unknown>>,
): { readonly event: ClientEvent; readonly via: Delivery['via'] } {
  const { type, via, ...given } = body;
  const { type: name, via: input } = check(AnyEventBody, {
    type,
    ...(via !== undefined && { via }),
  });
  // An allow-list: a client that could name `xstate.after.…` would fire timers.
  const payload = isClientEvent(name) ? chart.payloads.get(name) : undefined;
  if (payload === undefined) {
    throw new Refusal(
      'unknown_event',
      'This machine takes no event of that type from a client: see GET /v1/machines/{machine}.',
      { problems: [{ path: 'type', code: 'unknown_event' }] },
    );
  }
  return { event: { type: name, ...check(payload, given) }, via: input };
}

export type Giving = {
  readonly chart: ApiChart;
  /** Null: the session of the turn, whichever that comes to be. */
  readonly id: string | null;
  readonly event: ClientEvent;
  readonly via: Delivery['via'];
  readonly take: (certainty: Certainty) => Promise<Turn>;
};

const SESSION_OVER = { outcome: 'session_over' } as const;

/** Gives an event to an instance and answers with what became of it. */
export async function give(deps: ApiDeps, ctx: Asked, giving: Giving): Promise<void> {
  const { id, event, via } = giving;
  const { turn, done: delivered } = await doTurn(giving.take, async (own) => {
    const { owner: organizerId, cause, key } = own;
    ctx.state.stepping = true;
    const to = id ?? cause.origin?.sessionId ?? '';
    const done = await deps.engine.deliver({
      organizerId,
      id: to,
      event,
      via,
      cause,
      ...(key && { key }),
    });
    // The session of a turn has nothing else to be finished by than its end.
    return id === null && done.outcome === 'finished' ? SESSION_OVER : done;
  });
  ctx.state.stepping = false;
  if (delivered.outcome === 'moved') {
    const { instance } = delivered;
    noteTurn(deps, ctx, { instance, chart: giving.chart, origin: turn.cause.origin });
  }
  ctx.body = answerOf(ctx, giving, delivered);
}

/** Total over the outcomes: a new one does not compile until it has a status. */
function answerOf(
  ctx: Asked,
  { chart, event }: Giving,
  delivered: Exclude<Delivered, { readonly outcome: 'session_over' }>,
): InstanceBody {
  const { outcome } = delivered;
  if (outcome === 'unknown') throw notFound();
  const current = bodyOf(chart, delivered.instance);
  switch (outcome) {
    case 'moved': {
      if (!delivered.invalid) return current;
      const problems = chart.problems(event, delivered.instance);
      throw new Refusal(
        'invalid_input',
        'What was given cannot be taken: see the codes, and ask the prompt again.',
        { problems, current },
      );
    }
    case 'duplicate':
      markReplayed(ctx);
      return current;
    case 'key_conflict':
      throw keyConflict();
    case 'refused':
    case 'deferred':
      throw new Refusal(
        'event_not_allowed',
        "This event cannot be taken in the present state: send one of 'current.events'.",
        { current },
      );
    case 'finished':
      throw new Refusal(
        'finished',
        'This run has ended and takes no more events: begin a new one.',
        { current },
      );
    default:
      return outcome satisfies never;
  }
}

/** A key that came before with another request. */
export const keyConflict = (): Refusal =>
  new Refusal(
    'key_conflict',
    'This Idempotency-Key was used for another request: give each request its own.',
  );
