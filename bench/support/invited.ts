/*
 * Phones that were invited and wait to answer: brought there by the product's engine and charts, with a
 * carrier that accepts everything at once.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { openPools } from '../../src/compose/database.ts';
import { engineOf } from '../../src/compose/engine.ts';
import type { Carrier } from '../../src/sms/carrier/carrier.ts';
import type { Sql } from '../../src/store/orm.ts';

const carrier: Carrier = {
  send: async () => ({
    ...{ kind: 'accepted', status: 'queued', segments: 1, providerMs: 1, from: null },
    sid: `SM${randomBytes(16).toString('hex')}`,
  }),
  find: async () => undefined,
  provider: 'emulator',
  handlesOptOut: true,
};

/** A North American number that nobody has. */
export const phoneOf = (n: number): string => `+1415${String(5_560_000 + n)}`;

export async function inviteAll(url: string, phones: readonly string[]): Promise<void> {
  const pools = openPools({ url, behaviorUrl: url });
  const fail = (error: unknown) => {
    throw error;
  };
  const { engine } = engineOf({
    standstill: { isOn: () => false, begin: () => undefined },
    ...{ sql: pools.app, carrier, backendVersion: '0.1.0', now: Date.now, id: randomUUID },
    ...{ pushes: null, numbers: [] },
    config: {
      delays: {},
      smsPaused: false,
      smsPerSecond: null,
      quietHours: false,
      stateSnapshots: false,
    },
    onBatch: () => undefined,
    onInspectorFailure: fail,
    hooks: {
      onLoopError: (_, error) => fail(error),
      onUndeliverable: () => fail(new Error('A send found no receiver.')),
      onRefusedRow: (reason) => fail(new Error(`The log refused a row: ${reason}`)),
    },
  });
  const running = engine.run({ outbox: pools.outbox, log: pools.log });
  for (let n = 0; n < phones.length; n += 64) {
    await Promise.all(
      phones.slice(n, n + 64).map((phone) =>
        engine.start({
          ...{ machine: 'event-invitation', id: randomUUID(), owner: randomUUID() },
          input: invitation(phone),
          cause: { correlationId: randomUUID(), origin: null },
        }),
      ),
    );
  }
  while ((await countOpen(pools.app)) < phones.length) await delay(50);
  await running.stop();
  await pools.end();
}

const invitation = (phone: string) => ({
  ...{ eventId: randomUUID(), crewId: null, phone, name: 'Bo', organizerName: 'Ana' },
  ...{ title: 'Picnic', whenText: 'Sat, Jun 6, 3:00 PM', place: 'Lake', via: 'flow' },
  ...{ inviteIndex: 1, closesAt: null, ourNumber: null },
});

async function countOpen(sql: Sql): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::int as count from sms_prompts where state = 'open'`;
  return found?.count ?? 0;
}
