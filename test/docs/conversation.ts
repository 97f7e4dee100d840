/*
 * The README's conversation, played against a whole server and printed as the demo prints, beside the rows
 * that each act leaves. Times and ids are left out and the clock begins at a fixed moment, so that it always
 * reads the same.
 */
import type { LogRow } from '../../src/behavior/row.ts';
import type { EventType } from '../../src/behavior/vocabulary.ts';
import { createPrinter } from '../../src/demo/printing.ts';
import { tellRow } from '../../src/demo/tell-row.ts';
import type { LocalCarrier } from '../../src/sms/local-carrier/local-carrier.ts';
import type { Sql } from '../../src/store/orm.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type Client, testServer } from '../support/server.ts';

const ORGANIZER = { name: 'Maya', country: 'US', timeZone: 'America/Los_Angeles' };
const ANA = { name: 'Ana', phone: '+14155550111' };
const BEN = { name: 'Ben', phone: '+14155550112' };
/** 55 h and 15 s before the event: minutes until then come out the same for three quarters of a minute. */
const BEGUN_AT = Date.UTC(2026, 5, 3, 18, 59, 45);
const DAY_MS = 24 * 3_600_000;

/** Plays it on a server of its own over `database`, and gives what to print. */
export async function playConversation(database: { url: string; sql: Sql }): Promise<string> {
  let offsetMs = BEGUN_AT - Date.now();
  const server = await testServer(database, { deps: { now: () => Date.now() + offsetMs } });
  try {
    const carrier = server.house.localCarrier?.carrier;
    if (carrier === undefined) throw new Error('The conversation is played on the local carrier.');
    const maya = await server.client();
    const { sessionId, flowId } = await draftEvent(maya);
    const { act, text } = await createScript(database.sql, carrier);

    await act('Maya', '(sends the invites)', ['sms_sent', 2], () =>
      post(maya, `/v1/instances/${flowId}/events`, { type: 'organizer.saved_event' }),
    );
    await act('Maya', '(leaves)', ['session_end', 1], () =>
      post(maya, `/v1/sessions/${sessionId}/events`, { type: 'app.left' }),
    );
    for (const body of ['hm let me check with Sam', 'ok yes']) {
      await act('Ana', body, ['sms_sent', 1], () => carrier.inbound({ from: ANA.phone, body }));
    }
    await act('Ben', '(says nothing for a day)', ['invitee_timeout', 1], async () => {
      offsetMs += DAY_MS;
    });
    return text();
  } finally {
    await server.stop();
  }
}

/** What an act brings about: as soon as so many rows of the type are new, all of its rows are there. */
type Effect = readonly [type: EventType, count: number];

type Script = {
  readonly act: (
    who: string,
    what: string,
    effect: Effect,
    does: () => Promise<unknown>,
  ) => Promise<void>;
  readonly text: () => string;
};

async function createScript(sql: Sql, carrier: LocalCarrier): Promise<Script> {
  const lines: string[] = [];
  const { say, row, line } = createPrinter({ write: (text) => lines.push(text), color: false });
  const told = new Set((await loggedRows(sql)).map(({ id }) => id));
  const newRows = async () => (await loggedRows(sql)).filter(({ id }) => !told.has(id));

  const tell = async ([type, count]: Effect): Promise<void> => {
    const rows = await until(
      newRows,
      (all) => all.filter(({ event_type }) => event_type === type).length === count,
    );
    const shown = byPhone(
      rows.filter(({ event_type: type }) => type !== 'latency' && type !== 'state_snapshot'),
    );
    const sent = (await carrier.messages()).filter(({ direction }) => direction === 'outbound-api');
    for (const [index, one] of shown.entries()) {
      if (index === shown.findIndex(isOfText)) say('SMS', sent.at(-1)?.body ?? '');
      const { type: name, words } = tellRow(one);
      row(name, words);
    }
    for (const { id } of rows) told.add(id);
  };

  return {
    act: async (who, what, effect, does) => {
      say(who, what);
      await does();
      await tell(effect);
    },
    text: () => {
      line('');
      return lines.join('\n').trimEnd();
    },
  };
}

/** Invitees are texted at the same time: told one after the other, each in the order of the log. */
const byPhone = (rows: readonly LogRow[]): readonly LogRow[] =>
  [...rows].sort((a, b) => (a.invitee_phone ?? '').localeCompare(b.invitee_phone ?? ''));

const isOfText = ({ event_type }: LogRow): boolean =>
  event_type === 'invite_sent' || event_type === 'sms_sent';

/** What comes before: a crew of two, and an event that is ready to be saved. */
async function draftEvent(
  maya: Client,
): Promise<{ readonly sessionId: string; readonly flowId: string }> {
  const session = await post(maya, '/v1/sessions', {});
  await maya.put('/v1/me', { body: ORGANIZER });
  const crew = await playFlow(maya, 'crew-creation', [
    { type: 'organizer.named_crew', name: 'Friday climbers' },
    { type: 'organizer.typed_person', person: ANA },
    { type: 'organizer.typed_person', person: BEN },
    { type: 'organizer.finished_adding' },
    { type: 'organizer.saved_crew' },
  ]);
  const event = await playFlow(maya, 'event-creation', [
    { type: 'organizer.chose_crew', crewId: crew.view.crewId },
    { type: 'organizer.titled_event', title: 'Climbing night' },
    { type: 'organizer.set_time', startsAt: '2026-06-05T19:00' },
    { type: 'organizer.set_place', place: 'The Boulder Barn' },
    { type: 'organizer.skipped' },
  ]);
  return { sessionId: session.id, flowId: event.id };
}

type Standing = { readonly id: string; readonly view: Readonly<Record<string, unknown>> };

async function playFlow(
  maya: Client,
  machine: string,
  events: readonly object[],
): Promise<Standing> {
  let standing = await post(maya, `/v1/machines/${machine}`, {});
  for (const event of events) {
    standing = await post(maya, `/v1/instances/${standing.id}/events`, event);
  }
  return standing;
}

async function post(maya: Client, path: string, body: object): Promise<Standing> {
  const { status, body: answer, text } = await maya.post(path, { body });
  if (status >= 300) throw new Error(`POST ${path} was answered ${status}: ${text}`);
  return answer;
}
