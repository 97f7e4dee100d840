/* The organizer's part: a session, a crew out of the address book, a vote, an event, what the vote becomes, a reminder. */
import { setTimeout as delay } from 'node:timers/promises';
import type { LogRow } from '../behavior/row.ts';
import type { Answer, Client, Flow, FlowInput, Machine } from '../client/index.ts';
import type { LogWatch } from './log-watch.ts';
import type { Printer } from './printing.ts';
import { ORGANIZER } from './story.ts';
import { taken } from './taken.ts';
import {
  crewTaps,
  eventTaps,
  finalizeTaps,
  OPTIONS,
  reminderTaps,
  SYNCUP_TITLE,
  syncupTaps,
  type Tap,
} from './taps.ts';

export type OrganizerDeps = {
  readonly client: Client;
  readonly watch: LogWatch;
  readonly printer: Printer;
  /** Told before each act. */
  readonly beat: () => void;
  readonly id: () => string;
  readonly now: () => number;
};

/** What the organizer does, each to its end; ids are of what came of it. */
export type Playing = {
  readonly opens: () => Promise<void>;
  readonly makesCrew: () => Promise<string>;
  readonly asksToVote: () => Promise<string>;
  readonly makesEvent: (crewId: string) => Promise<string>;
  /** The vote becomes an event. */
  readonly decides: (syncupId: string) => Promise<string>;
  readonly reminds: (eventId: string) => Promise<void>;
  readonly leaves: () => Promise<void>;
};

export function organizerOf(deps: OrganizerDeps): Playing {
  const { client, id, now } = deps;
  return {
    opens: async () => {
      await act(deps, '(opens the app)', () => client.open({ entry: 'direct', tzOffsetMin: -420 }));
      taken(await client.setProfile(ORGANIZER));
    },
    makesCrew: async () => {
      const { view } = await playFlow(deps, 'crew-creation', { taps: crewTaps(id()) });
      return String(view.crewId);
    },
    asksToVote: async () => {
      const days = Array.from({ length: OPTIONS }, (_, n) => dayAfter(now(), n + 3));
      const input = { title: SYNCUP_TITLE };
      const { view } = await playFlow(deps, 'syncup-creation', { input, taps: syncupTaps(days) });
      return String(view.syncupId);
    },
    makesEvent: async (crewId) => {
      const taps = eventTaps(crewId, `${dayAfter(now(), 2)}T19:00`);
      const { view } = await playFlow(deps, 'event-creation', { taps });
      return String(view.eventId);
    },
    decides: async (syncupId) => {
      const { view } = await playFlow(deps, 'finalize', {
        input: { syncupId },
        taps: finalizeTaps,
      });
      return String(view.eventId);
    },
    reminds: async (eventId) => {
      await playFlow(deps, 'reminder', { input: { eventId }, taps: reminderTaps });
    },
    leaves: async () => {
      await act(deps, '(puts the phone away)', () => client.tell({ type: 'app.left' }));
    },
  };
}

const dayAfter = (at: number, days: number): string =>
  new Date(at + days * 86_400_000).toISOString().slice(0, 10);

async function playFlow<M extends Machine>(
  deps: OrganizerDeps,
  machine: M,
  { input, taps }: { readonly input?: FlowInput<M>; readonly taps: readonly Tap<M>[] },
): Promise<Flow<M>> {
  const { client, printer } = deps;
  const beginning = { entry: 'menu' as const, ...(input === undefined ? {} : { input }) };
  let flow = await act(deps, `(begins ${machine})`, () => client.begin(machine, beginning));
  let asked = '';
  for (const { says, event, via } of taps) {
    const { text = '' } = flow.prompt ?? {};
    if (text !== asked) printer.say('Funlet', text);
    asked = text;
    const { id } = flow;
    flow = await act(deps, says, () => client.send({ id, machine }, { ...event, via }));
  }
  return flow;
}

/** Long enough for a row to come to the log and out of the stream; without it the story goes on as well. */
const PACE_MS = 1_500;
const SETTLE_MS = 50;

/** One act, and a moment for its rows to stand beside it. */
async function act<T, C>(
  deps: OrganizerDeps,
  says: string,
  request: () => Promise<Answer<T, C>>,
): Promise<T> {
  const { watch, printer, beat } = deps;
  beat();
  printer.say(ORGANIZER.name, says);
  const told = (rows: readonly LogRow[]) =>
    rows.filter(({ event_type: type }) => type !== 'latency' && type !== 'state_snapshot').length;
  const before = told(watch.rows());
  const given = taken(await request());
  await watch.until((rows) => told(rows) > before, PACE_MS, 'a row').catch(() => undefined);
  // The rest of the commit comes right behind its first row.
  await delay(SETTLE_MS);
  return given;
}
