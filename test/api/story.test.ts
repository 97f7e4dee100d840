/* The main job once, over real HTTP and the real Twilio client: a crew, an event, a text, an answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalCarrier } from '../../src/sms/local-carrier/local-carrier.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type Client, type TestServer, testServer } from '../support/server.ts';

let database: TestDatabase;
let server: TestServer;
let ana: Client;
let carrier: LocalCarrier;

const BO = '+14155552671';

beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database);
  ana = await server.client();
  const local = server.house.localCarrier;
  if (local === null) throw new Error('The local carrier does not run.');
  carrier = local.carrier;
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** Begins a flow and gives it events one after the other; the last answer. */
async function walk(machine: string, events: readonly object[]) {
  let answer = await ana.post(`/v1/machines/${machine}`);
  for (const body of events) {
    answer = await ana.post(`/v1/instances/${answer.body.id}/events`, { body });
    expect({ status: answer.status, event: body }).toEqual({ status: 200, event: body });
  }
  return answer.body;
}

test('an organizer makes a crew and an event, and an invitee says yes by SMS', async () => {
  await ana.put('/v1/me', { body: { name: 'Ana', country: 'US', timeZone: 'America/New_York' } });
  const crew = await walk('crew-creation', [
    { type: 'organizer.named_crew', name: 'Night Owls' },
    { type: 'organizer.typed_person', person: { name: 'Bo', phone: '(415) 555-2671' } },
    { type: 'organizer.finished_adding' },
    { type: 'organizer.saved_crew' },
  ]);
  expect(crew.status).toBe('done');
  const event = await walk('event-creation', [
    { type: 'organizer.chose_crew', crewId: crew.view.crewId },
    { type: 'organizer.titled_event', title: 'Picnic' },
    { type: 'organizer.skipped' },
    { type: 'organizer.skipped' },
    { type: 'organizer.skipped' },
    { type: 'organizer.saved_event' },
  ]);
  expect(event.status).toBe('done');

  const text = await carrier.waitForMessage(({ to }) => to === BO);
  expect(text.body).toContain('Picnic');
  expect(text.body).toContain('Ana');
  await carrier.inbound({ from: BO, body: 'Yes!' });

  const [listed] = (await ana.get('/v1/events')).body.events;
  const shown = () => ana.get(`/v1/events/${listed.id}`);
  const answered = await until(shown, ({ body }) => body.tally.yes === 1);
  expect(answered.body).toMatchObject({
    title: 'Picnic',
    invitees: [{ name: 'Bo', phone: BO, reply: 'yes' }],
  });
  const types = async () => (await loggedRows(database.sql)).map(({ event_type }) => event_type);
  const wanted = [
    'crew_created',
    'event_created',
    'invite_sent',
    'sms_sent',
    'sms_received',
    'invitee_reply_yes',
  ];
  expect(
    await until(types, (seen) => wanted.every((type) => seen.includes(type as never))),
  ).toBeDefined();
  expect(server.troubles).toEqual([]);
});
