/*
 * Replies and delivery reports that come once to five times, at once and in any order, at both servers,
 * while these are killed in turn: one step each.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CarrierMessage } from '../../../src/sms/local-carrier/memory.ts';
import { judgeTown } from '../checks/invariants.ts';
import { settle } from '../checks/settle.ts';
import { type Mix, playFlow } from '../load/flows.ts';
import { createLedger, type Ledger } from '../load/ledger.ts';
import { createRequester, newTally, type Tally } from '../load/requests.ts';
import { deliverAll, type Webhook } from '../load/webhooks.ts';
import { openTown, type Town } from '../parts/town.ts';
import type { Finding, Scenario, Stage } from '../scenario.ts';

const EVENTS = { short: 12, full: 300 };
const KILLS = { short: 2, full: 30 };
const EVENTS_ONLY: Mix = { crew: 0, event: 1, leftAlone: 0, cancelled: 0 };
const STATUSES = ['queued', 'sent', 'delivered'] as const;

export const webhooks: Scenario = {
  name: 'webhooks',
  claim: 'Webhooks repeated, mixed up and at once, at servers that die, are one step each',
  run: async (stage) => {
    const town = await openTown(stage, {
      ...{
        name: 'webhooks',
        servers: 2,
        delays: { idle: stage.sized({ short: 8_000, full: 20_000 }), reconcile: 500 },
      },
    });
    try {
      return await play(stage, town);
    } finally {
      await town.close();
    }
  },
};

async function play(stage: Stage, town: Town): Promise<Finding> {
  const tally = newTally();
  const ledger = createLedger();
  // The carrier reports nothing by itself: all reports come from here.
  await town.carrier.script({ times: 1_000_000, steps: [] });
  await invite(stage, { town, ledger, tally });
  await settle(town, { withinMs: 60_000 });
  const invites = (await town.carrier.messages()).filter(
    ({ direction }) => direction === 'outbound-api',
  );
  const all = [
    ...invites.map((invite) => replyTo(town, invite, ledger)),
    ...invites.flatMap((invite) => STATUSES.map((status) => reportOf(town, invite, status))),
  ];
  const killing = killInTurn(stage, town);
  const delivered = await deliverAll(town, all, { random: stage.random, tally });
  for (const reply of ledger.replies) reply.acknowledged = true;
  await killing;
  const judged = await judgeTown(town, ledger, {
    ...{ withinMs: 90_000, soonMs: 60_000, ageLeases: stage.size === 'short' },
  });
  const counted = await countSteps(town, invites);
  return {
    facts: {
      'messages and reports': all.length,
      deliveries: delivered.deliveries,
      tries: delivered.tries,
      kills: stage.sized(KILLS),
      ...judged.facts,
    },
    broken: [
      ...(counted.received === invites.length
        ? []
        : [`${invites.length} messages came in, ${counted.received} sms_received say so.`]),
      ...(counted.delivered === invites.length
        ? []
        : [`${invites.length} texts were delivered, ${counted.delivered} are known to be.`]),
      ...new Set(tally.wrong),
      ...judged.broken,
    ],
  };
}

async function invite(
  stage: Stage,
  { town, ledger, tally }: { readonly town: Town; readonly ledger: Ledger; readonly tally: Tally },
): Promise<void> {
  const requester = await createRequester({
    ...{ secret: town.secret, tally, signal: stage.signal },
    urls: () => town.nodes.map(({ url }) => url),
  });
  const deps = { requester, ledger, random: stage.random, newPhone: town.newPhone };
  for (let n = 0; n < stage.sized(EVENTS); n += 1) await playFlow(deps, EVENTS_ONLY);
}

function replyTo({ account, publicUrl }: Town, { to }: CarrierMessage, ledger: Ledger): Webhook {
  const sid = `SM${randomUUID().replaceAll('-', '')}`;
  const word = Number(to.slice(-1)) % 2 === 0 ? 'yes' : 'no';
  ledger.replies.push({ phone: to, sid, word, acknowledged: false });
  return {
    url: `${publicUrl}/webhooks/twilio/sms`,
    fields: {
      ...{ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: account.sid },
      ...{ From: to, To: account.number, Body: word, NumMedia: '0', NumSegments: '1' },
      ...{ SmsStatus: 'received', ApiVersion: '2010-04-01' },
    },
  };
}

function reportOf({ account }: Town, message: CarrierMessage, status: string): Webhook {
  return {
    url: message.statusCallback ?? '',
    fields: {
      ...{ AccountSid: account.sid, MessageSid: message.sid, SmsSid: message.sid },
      ...{ MessageStatus: status, SmsStatus: status, From: message.from, To: message.to },
      ApiVersion: '2010-04-01',
    },
  };
}

async function killInTurn(stage: Stage, { nodes }: Town): Promise<void> {
  for (let n = 0; n < stage.sized(KILLS) && !stage.signal.aborted; n += 1) {
    await delay(stage.random.int(50, 300));
    const node = nodes[n % nodes.length];
    await node?.kill();
    await node?.start();
  }
}

async function countSteps(
  { sql }: Town,
  invites: readonly CarrierMessage[],
): Promise<{ readonly received: number; readonly delivered: number }> {
  const sids = invites.map(({ sid }) => sid);
  const [row] = await sql<{ received: number; delivered: number }[]>`
    select (select count(*)::int from behavior_logs where event_type = 'sms_received') as received,
      (select count(*)::int from messages where status = 'delivered' and sid in ${sql(sids)})
        as delivered`;
  return row ?? { received: 0, delivered: 0 };
}
