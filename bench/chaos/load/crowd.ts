/* A bounded crowd of clients, each of which plays one flow after the other until it is told to stop. */
import type { Random } from '../parts/random.ts';
import type { Town } from '../parts/town.ts';
import { type Mix, playFlow } from './flows.ts';
import { type Invitees, startInvitees } from './invitees.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createRequester, newTally, type Tally } from './requests.ts';

export type Crowd = {
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly invitees: Invitees | undefined;
  /** No new flows; resolves when those under way have ended. After `graceMs` they are given up. */
  readonly stop: (graceMs?: number) => Promise<void>;
};

export type CrowdOptions = {
  readonly clients: number;
  readonly mix: Mix;
  readonly random: Random;
  /** Absent: all nodes in turn, each client beginning with another. */
  readonly urls?: (client: number) => readonly string[];
  /** Between two flows of a client; absent: none. */
  readonly pauseMs?: number;
};

/** An organizer makes so many flows, then another comes: nobody makes ten thousand crews. */
const FLOWS_PER_ORGANIZER = 12;
const GRACE_MS = 20_000;

export function startCrowd(town: Town, options: CrowdOptions): Crowd {
  const ledger = createLedger();
  const tally = newTally();
  const stopping = new AbortController();
  const givingUp = new AbortController();
  const urls = town.nodes.map(({ url }) => url);
  const inTurn = (client: number) => urls.map((_, n) => urls[(n + client) % urls.length] ?? '');
  const play = async (client: number): Promise<void> => {
    const random = options.random.fork(`client ${client}`);
    while (!stopping.signal.aborted) {
      const requester = await createRequester({
        ...{ secret: town.secret, tally, signal: givingUp.signal },
        urls: () => options.urls?.(client) ?? inTurn(client),
      });
      for (let flow = 0; flow < FLOWS_PER_ORGANIZER && !stopping.signal.aborted; flow += 1) {
        await playFlow({ requester, ledger, random, newPhone: town.newPhone }, options.mix);
        if (options.pauseMs !== undefined) await pause(options.pauseMs * 2 * random.next());
      }
    }
  };
  const playing = Promise.all(Array.from({ length: options.clients }, (_, n) => play(n)));
  playing.catch(() => undefined);
  const invitees = options.mix.event > 0 ? startInvitees(town, ledger) : undefined;
  return {
    ...{ ledger, tally, invitees },
    stop: async (graceMs = GRACE_MS) => {
      stopping.abort();
      const cut = setTimeout(() => givingUp.abort(), graceMs);
      await playing;
      clearTimeout(cut);
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
