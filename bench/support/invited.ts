/*
 * People who were invited and wait to answer: brought there by the product's engine and charts, with a
 * carrier that accepts everything at once.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { NO_RULES } from '../../machines/gathering.model.ts';
import { gatheringIdOf } from '../../machines/gathering-news.ts';
import { insertEvent } from '../../src/store/events.ts';
import type { Sql } from '../../src/store/orm.ts';
import { type Product, productOver } from './product.ts';

/** A North American number that nobody has. */
export const phoneOf = (n: number): string => `+1415${String(5_560_000 + n)}`;

export type Event = { readonly owner: string; readonly eventId: string };

/** Each phone is invited by an organizer of its own, to an event of its own. */
export async function inviteAll(url: string, phones: readonly string[]): Promise<void> {
  const product = productOver(url);
  await invite(product, phones, () => makeEvent(product));
  while ((await countOpen(product.pools.app)) < phones.length) await delay(50);
  await product.close();
}

/** One event with its gathering and everybody of these phones, all of whom have their invite. */
export async function gather(product: Product, phones: readonly string[]): Promise<Event> {
  const event = await makeEvent(product);
  const open = await countOpen(product.pools.app);
  await invite(product, phones, async () => event);
  while ((await countOpen(product.pools.app)) < open + phones.length) await delay(50);
  return event;
}

/** An event with its gathering: replies are told to it. */
async function makeEvent({ engine, pools: { app } }: Product): Promise<Event> {
  const event = { owner: randomUUID(), eventId: randomUUID() };
  const { owner, eventId } = event;
  await insertEvent(app, {
    ...{ organizerId: owner, id: eventId, ...WHAT, timeZone: null, details: null },
    ...{ startsAt: null, rules: NO_RULES, state: 'live', finalizedAt: null },
    createdAt: Date.now(),
  });
  await engine.start({
    ...{ machine: 'gathering', id: gatheringIdOf(eventId), owner, cause: causeOf() },
    input: { eventId, ...WHAT, startsAt: null, whenText: null, rules: NO_RULES },
  });
  return event;
}

const WHAT = { crewId: null, title: 'Picnic', place: 'Lake' };

async function invite(
  { engine }: Product,
  phones: readonly string[],
  eventOf: () => Promise<Event>,
): Promise<void> {
  for (let n = 0; n < phones.length; n += 64) {
    await Promise.all(
      phones.slice(n, n + 64).map(async (phone) => {
        const { owner, eventId } = await eventOf();
        return engine.start({
          ...{ machine: 'event-invitation', id: randomUUID(), owner, cause: causeOf() },
          input: {
            ...{ eventId, phone, name: 'Bo', organizerName: 'Ana', ...WHAT, via: 'flow' },
            ...{ whenText: 'Sat, Jun 6, 3:00 PM', inviteIndex: 1, closesAt: null, ourNumber: null },
          },
        });
      }),
    );
  }
}

const causeOf = () => ({ correlationId: randomUUID(), origin: null });

async function countOpen(sql: Sql): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::int as count from sms_prompts where state = 'open'`;
  return found?.count ?? 0;
}
