/*
 * What a chat shows of an organizer's flows beside the one that is open in it: those to go on with, and
 * the stream that tells what moves, on other devices and among invitees too. Looking is no activity.
 */
import { z } from 'zod';
import { currentTallies, movedFlows, unfinishedFlows } from '../domain/flows.ts';
import type { Instance } from './charts.ts';
import type { ApiDeps } from './deps.ts';
import { followFlows } from './follow-flows.ts';
import { bodyOf, InstanceBody } from './instance-body.ts';
import { type Asked, callerOf, type Route } from './route.ts';
import { answerStream, type ServerEvent, waitUntil } from './sse.ts';
import { shownTally } from './tallies.ts';

/** A flow to go on with: `active` ones take events, a `done` one is named as `resumedFrom`. */
export const Flow = InstanceBody.extend({
  begunAt: z.iso.datetime(),
  movedAt: z.iso.datetime(),
});

export const flowRoutes = (deps: ApiDeps): readonly Route[] => [
  {
    method: 'get',
    path: '/v1/flows',
    access: 'organizer',
    summary:
      "List the flows to go on with, last moved first: active ones take events, a done one was left and may be taken up again as 'resumedFrom'",
    answers: { 200: { description: 'Flows.', schema: z.strictObject({ flows: z.array(Flow) }) } },
    handle: (ctx) => listFlows(deps, ctx),
  },
  {
    method: 'get',
    path: '/v1/stream',
    access: 'organizer',
    summary:
      "Follow one's own flows and tallies. A stream begins with all that is open, then says 'ready', then tells each change.",
    answers: {
      200: {
        description:
          "Server-sent events: 'flow' (a flow as it stands), 'tally' (of an event, or the votes of a sync-up), 'ready'.",
        contentType: 'text/event-stream',
      },
    },
    problems: ['too_many_streams'],
    handle: (ctx) => stream(deps, ctx),
  },
];

async function listFlows(deps: ApiDeps, ctx: Asked): Promise<void> {
  const { charts, domain } = deps;
  const found = await unfinishedFlows(domain.sql, {
    ...{ organizerId: callerOf(ctx).owner, at: deps.now(), machines: flowMachines(deps) },
    droppedIn: charts.all.flatMap(({ id, droppedIn }) =>
      droppedIn.map((state) => `${id} ${state}`),
    ),
  });
  const flows = found.flatMap((instance) => {
    const body = shownFlow(deps, instance);
    if (body === undefined) return [];
    const { begunAt, steppedAt } = instance;
    return [{ ...body, begunAt: isoOf(begunAt), movedAt: isoOf(steppedAt) }];
  });
  ctx.body = { flows };
}

function stream(deps: ApiDeps, ctx: Asked): void {
  const { owner: organizerId } = callerOf(ctx);
  answerStream(deps, ctx, {
    comment: 'your flows and tallies',
    events: changes(deps, organizerId),
  });
}

async function* changes(deps: ApiDeps, organizerId: string): AsyncGenerator<ServerEvent | 'quiet'> {
  const { domain, engine, now, closing } = deps;
  const machines = flowMachines(deps);
  const following = followFlows({
    ...{ now, signal: closing, wait: waitUntil(closing) },
    moved: (since) => movedFlows(domain.sql, { organizerId, machines, since }),
    tallies: () => currentTallies(domain.sql, { organizerId, at: now() }),
    load: (id) => engine.load({ organizerId, id }),
  });
  for await (const change of following) {
    if (change === 'quiet') yield change;
    else if (change.kind === 'ready') yield { event: 'ready', data: {} };
    else if (change.kind === 'tally') yield { event: 'tally', data: shownTally(change.tally) };
    else {
      const data = shownFlow(deps, change.flow);
      if (data !== undefined) yield { event: 'flow', data };
    }
  }
}

/** Undefined for a version that this build does not know: another server's, while a new one rolls out. */
function shownFlow({ charts }: ApiDeps, instance: Instance): InstanceBody | undefined {
  const chart = charts.find(instance.machine, instance.version);
  return chart && bodyOf(chart, instance);
}

const flowMachines = ({ charts }: ApiDeps): readonly string[] => [
  ...new Set(charts.all.filter(({ flow }) => flow !== null).map(({ id }) => id)),
];

const isoOf = (at: number): string => new Date(at).toISOString();
