/* A stretch of steady load, light enough that what is measured is the way and not the queue. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../parts/random.ts';
import type { Town } from '../parts/town.ts';
import { startCrowd } from './crowd.ts';
import type { Mix } from './flows.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { percentile, type Tally } from './requests.ts';

export type Window = { readonly ledger: Ledger; readonly tally: Tally; readonly p99Ms: number };

export type WindowOptions = {
  readonly ms: number;
  readonly mix: Mix;
  readonly random: Random;
  /** Absent: all nodes. */
  readonly url?: string;
};

const CLIENTS = 3;
const PAUSE_MS = 40;

export async function playWindow(town: Town, options: WindowOptions): Promise<Window> {
  const { ms, mix, random, url } = options;
  const crowd = startCrowd(town, {
    ...{ clients: CLIENTS, pauseMs: PAUSE_MS, mix, random },
    ...(url === undefined ? {} : { urls: () => [url] }),
  });
  await delay(ms);
  await crowd.stop();
  await crowd.invitees?.stop();
  const { ledger, tally } = crowd;
  return { ledger, tally, p99Ms: percentile(tally.answered, 0.99) };
}

export function mergeLedgers(ledgers: readonly Ledger[]): Ledger {
  const merged = createLedger();
  for (const ledger of ledgers) {
    merged.flows.push(...ledger.flows);
    merged.replies.push(...ledger.replies);
    merged.problems.push(...ledger.problems);
    merged.steps += ledger.steps;
  }
  return merged;
}
