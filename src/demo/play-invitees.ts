/* The invitees' part: each gets an SMS from the carrier and answers it, or does not. */
import { setTimeout as delay } from 'node:timers/promises';
import { ofType } from '../behavior/reports/logged.ts';
import type { LocalCarrierControl } from '../sms/local-carrier/local-carrier-control.ts';
import type { LogWatch } from './log-watch.ts';
import type { Printer } from './printing.ts';
import { INVITEES, type Invitee, type Reply, type Scene } from './story.ts';

export type InviteeDeps = {
  readonly carrier: LocalCarrierControl;
  readonly watch: LogWatch;
  readonly printer: Printer;
  readonly beat: () => void;
  readonly id: () => string;
  readonly signal: AbortSignal;
  /** How long anything may take, a server that is killed on the way included. */
  readonly patienceMs: number;
  /** One after the other reads well; all at once holds up where the server keeps dying. */
  readonly together: boolean;
};

export type Inviting = {
  /** Resolves when each of them has one text more than before, and the log has it. */
  readonly hear: (who: readonly Invitee[]) => Promise<void>;
  /** Everybody who has something to say in this scene says it; resolves when all were answered. */
  readonly answer: (scene: Scene) => Promise<void>;
};

export function inviteesOf(deps: InviteeDeps): Inviting {
  const inboxes = INVITEES.map((invitee) => openInbox(deps, invitee));
  return {
    hear: async (who) => {
      const theirs = inboxes.filter(({ invitee }) => who.includes(invitee));
      const texts = await Promise.all(theirs.map((inbox) => inbox.next()));
      const names = theirs.map(({ invitee }) => invitee.name).join(', ');
      deps.printer.say('SMS', `to ${names}: ${texts.at(-1) ?? ''}`);
      await Promise.all(theirs.map((inbox) => textsLogged(deps, inbox)));
    },
    answer: async (scene) => {
      const parts = inboxes.map((inbox) => () => converse(deps, inbox, scene));
      if (deps.together) await Promise.all(parts.map((part) => part()));
      else for (const part of parts) await part();
    },
  };
}

type Inbox = {
  readonly invitee: Invitee;
  /** How many texts came so far. */
  readonly count: () => number;
  /** The body of the next text that the invitee gets. */
  readonly next: () => Promise<string>;
};

function openInbox({ carrier, patienceMs }: InviteeDeps, invitee: Invitee): Inbox {
  const seen = new Set<string>();
  return {
    invitee,
    count: () => seen.size,
    next: async () => {
      const text = await carrier.waitForMessage(
        ({ to, sid, direction }) =>
          to === invitee.phone && direction === 'outbound-api' && !seen.has(sid),
        { timeoutMs: patienceMs },
      );
      seen.add(text.sid);
      return text.body;
    },
  };
}

async function converse(deps: InviteeDeps, inbox: Inbox, scene: Scene): Promise<void> {
  const { name, replies } = inbox.invitee;
  for (const reply of replies[scene] ?? []) {
    deps.beat();
    const webhooks = reply.times === undefined ? '' : ` (${reply.times} webhooks)`;
    deps.printer.say(name, `${reply.body}${webhooks}`);
    const heard = receivedFrom(deps, inbox).length;
    await write(deps, inbox.invitee, reply);
    if (reply.isAnswered) deps.printer.say('SMS', `to ${name}: ${await inbox.next()}`);
    await deps.watch.until(
      () => receivedFrom(deps, inbox).length > heard,
      deps.patienceMs,
      `what ${name} wrote in the log`,
    );
    await textsLogged(deps, inbox);
  }
}

const receivedFrom = ({ watch }: InviteeDeps, { invitee }: Inbox) =>
  ofType('sms_received', watch.rows()).filter((row) => row.invitee_phone === invitee.phone);

/** Every text that the invitee got is in the log. */
const textsLogged = ({ watch, patienceMs }: InviteeDeps, { invitee, count }: Inbox) =>
  watch.until(
    (rows) =>
      ofType('sms_sent', rows).filter((row) => row.invitee_phone === invitee.phone).length >=
      count(),
    patienceMs,
    `the texts to ${invitee.name} in the log`,
  );

const AGAIN_MS = 300;

/** Writes; as Twilio does when it is set up to, the carrier calls again until the webhook has answered. */
async function write(deps: InviteeDeps, { phone }: Invitee, { body, times = 1 }: Reply) {
  const sid = `SM${deps.id().replaceAll('-', '')}`;
  for (;;) {
    const draft = { from: phone, body, times, concurrent: times > 1, sid };
    const { answers } = await deps.carrier.inbound(draft);
    if (answers.every(({ status }) => status !== null && status < 300)) return;
    await delay(AGAIN_MS, undefined, { signal: deps.signal });
  }
}
