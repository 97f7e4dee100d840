/* Instances of flows: begun, read, and given events. Outcomes of the engine become statuses here. */
import { z } from 'zod';
import { isClientEvent } from '../behavior/meta.ts';
import { ENTRIES, INPUTS } from '../behavior/vocabulary.ts';
import { profileOf } from '../domain/organizers.ts';
import { type Delivered, type Delivery, startedId } from '../engine/index.ts';
import type { ApiChart, Instance } from './charts.ts';
import { check, idOf } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { bodyOf, InstanceBody } from './instance-body.ts';
import { noteTurn } from './latency.ts';
import { notFound, Refusal } from './problems.ts';
import { readJson } from './read-json.ts';
import { type Asked, callerOf, paramOf, type Route } from './route.ts';
import { doTurn, markReplayed, type Turn, takeTurn } from './turn.ts';

const headers = ['Idempotency-Key', 'X-Session-Id', 'X-App-Version'] as const;

export const Via = z.enum(INPUTS).describe('How the organizer gave the event.');

const Begin = z.strictObject({
  input: z.record(z.string(), z.unknown()).optional(),
  entry: z.enum(ENTRIES).optional(),
  /** A run that was dropped and is taken up again. */
  resumedFrom: z.uuid().optional(),
  /** The run out of which this one is begun. */
  parentRunId: z.uuid().optional(),
});

/** Any event: each chart's own are told by `GET /v1/machines/{machine}`. */
export const AnyEventBody = z.looseObject({
  type: z.string().meta({ examples: ['organizer.cancelled'] }),
  via: Via.optional(),
});

export const instanceRoutes = (deps: ApiDeps): readonly Route[] => [
  {
    method: 'post',
    path: '/v1/machines/{machine}',
    access: 'organizer',
    summary: 'Begin a flow',
    body: Begin,
    example: { entry: 'chat' },
    headers,
    answers: { 201: { description: 'The flow has begun.', schema: InstanceBody } },
    problems: [
      'not_found',
      'invalid_json',
      'invalid_body',
      'unknown_field',
      'key_conflict',
      'unresumable',
    ],
    handle: (ctx) => begin(deps, ctx),
  },
  {
    method: 'get',
    path: '/v1/instances/{id}',
    access: 'organizer',
    summary: 'Read a flow as it stands',
    answers: { 200: { description: 'The flow as it stands.', schema: InstanceBody } },
    problems: ['not_found'],
    handle: async (ctx) => {
      const { chart, instance } = await loadFlow(deps, ctx);
      ctx.body = bodyOf(chart, instance);
    },
  },
  {
    method: 'post',
    path: '/v1/instances/{id}/events',
    access: 'organizer',
    summary: 'Give a flow an event',
    body: AnyEventBody,
    example: { type: 'organizer.named_crew', name: 'Night Owls', via: 'text' },
    headers,
    answers: { 200: { description: 'The flow after the event.', schema: InstanceBody } },
    problems: [
      'not_found',
      'invalid_json',
      'invalid_body',
      'unknown_event',
      'unknown_field',
      'invalid_input',
      'event_not_allowed',
      'finished',
      'key_conflict',
    ],
    handle: async (ctx) => {
      const { chart, id } = await flowOf(deps, ctx);
      const { event, via } = eventOf(chart, readJson(ctx));
      await give(deps, ctx, { chart, id, event, via, take: () => takeTurn(deps, ctx) });
    },
  },
];

async function begin(deps: ApiDeps, ctx: Asked): Promise<void> {
  const machine = paramOf(ctx, 'machine');
  const chart = deps.charts.live.find(({ id, flow }) => id === machine && flow !== null);
  if (chart === undefined) throw notFound();
  const { owner } = callerOf(ctx);
  const { input, entry, resumedFrom, parentRunId } = check(Begin, readJson(ctx));
  const given = check(chart.input, input ?? {});
  const begins = async ({ cause, key }: Turn) => {
    const profile = await profileOf(deps.domain, owner);
    ctx.state.stepping = true;
    return deps.engine.start({
      ...{ machine, owner, cause },
      id: key === undefined ? deps.id() : startedId(owner, key.value),
      input: chart.inputOf(given, profile),
      beginning: { entry, resumedFrom: resumedFrom ?? null, parentRunId: parentRunId ?? null },
      ...(key && { key }),
    });
  };
  const { turn, done: started } = await doTurn(() => takeTurn(deps, ctx), begins);
  ctx.state.stepping = false;
  if (started.outcome === 'unresumable') {
    throw new Refusal(
      'unresumable',
      "'resumedFrom' names no dropped run of this flow: begin a new one.",
    );
  }
  if (started.outcome === 'key_conflict' || started.instance.machine !== machine) {
    throw keyConflict();
  }
  if (started.outcome === 'duplicate') markReplayed(ctx);
  ctx.status = 201;
  ctx.body = bodyOf(chart, started.instance);
  noteTurn(deps, ctx, { instance: started.instance, chart, origin: turn.cause.origin });
}

/** The flow of a request; what is no flow, or somebody else's, does not exist. */
async function flowOf(
  deps: ApiDeps,
  ctx: Asked,
): Promise<{ readonly chart: ApiChart; readonly id: string }> {
  const id = idOf(paramOf(ctx, 'id'));
  const name = await deps.engine.chartOf({ organizerId: callerOf(ctx).owner, id });
  const chart = name && deps.charts.find(name.machine, name.version);
  if (chart === undefined || chart.flow === null) throw notFound();
  return { chart, id };
}

async function loadFlow(
  deps: ApiDeps,
  ctx: Asked,
): Promise<{ readonly chart: ApiChart; readonly instance: Instance }> {
  const { chart, id } = await flowOf(deps, ctx);
  const instance = await deps.engine.load({ organizerId: callerOf(ctx).owner, id });
  if (instance === undefined) throw notFound();
  return { chart, instance };
}

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
  return { event: { ...check(payload, given), type: name }, via: input };
}

export type Giving = {
  readonly chart: ApiChart;
  /** Null: the session of the turn, whichever that comes to be. */
  readonly id: string | null;
  readonly event: ClientEvent;
  readonly via: Delivery['via'];
  readonly take: () => Promise<Turn>;
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
      ...{ organizerId, id: to, event, via, cause },
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

const keyConflict = (): Refusal =>
  new Refusal(
    'key_conflict',
    'This Idempotency-Key was used for another request: give each request its own.',
  );
