/*
 * Webhooks as a carrier in trouble sends them: each once to five times, all shuffled, several at a time,
 * to whichever server; and again, until somebody takes them.
 */
import { stringify } from 'node:querystring';
import { setTimeout as delay } from 'node:timers/promises';
import twilio from 'twilio';
import type { Random } from '../parts/random.ts';
import type { Town } from '../parts/town.ts';
import type { Tally } from './requests.ts';

export type Webhook = {
  /** The address that it is signed for. */
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
};

export type Delivered = { readonly deliveries: number; readonly tries: number };

const AT_ONCE = 16;
const AGAIN_MS = 100;
const GIVE_UP_AFTER_MS = 60_000;

/** Delivers them all; rejects when one is not taken within a minute. */
export async function deliverAll(
  town: Town,
  webhooks: readonly Webhook[],
  of: { readonly random: Random; readonly tally: Tally },
): Promise<Delivered> {
  const copies = webhooks.flatMap((webhook) =>
    Array.from({ length: of.random.int(1, 5) }, () => webhook),
  );
  const waiting = [...of.random.shuffle(copies)];
  let tries = 0;
  const work = async (random: Random): Promise<void> => {
    for (let webhook = waiting.pop(); webhook !== undefined; webhook = waiting.pop()) {
      const until = Date.now() + GIVE_UP_AFTER_MS;
      while (!(await call(town, webhook, { random, tally: of.tally }))) {
        tries += 1;
        if (Date.now() > until) throw new Error('A webhook was not taken within a minute.');
        await delay(AGAIN_MS);
      }
      tries += 1;
    }
  };
  await Promise.all(
    Array.from({ length: AT_ONCE }, (_, n) => work(of.random.fork(`carrier line ${n}`))),
  );
  return { deliveries: copies.length, tries };
}

async function call(
  { nodes, account }: Town,
  { url, fields }: Webhook,
  { random, tally }: { readonly random: Random; readonly tally: Tally },
): Promise<boolean> {
  const { pathname, search } = new URL(url);
  try {
    const answer = await fetch(`${random.pick(nodes).url}${pathname}${search}`, {
      method: 'POST',
      signal: AbortSignal.timeout(15_000),
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': twilio.getExpectedTwilioSignature(account.token, url, { ...fields }),
      },
      body: stringify(fields),
    });
    await answer.text();
    if (answer.status >= 400 && answer.status !== 503)
      tally.wrong.push(`webhook: ${answer.status}`);
    return answer.ok;
  } catch {
    tally.unanswered += 1;
    return false;
  }
}
