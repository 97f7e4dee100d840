/* Plans that cannot be taken as they are given: people, names, times, sessions. Each is told by field and code. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loggedRows, until } from '../support/engine.ts';
import { type Answer, type Client, type TestServer, testServer } from '../support/server.ts';

let database: TestDatabase;
let server: TestServer;
let client: Client;
beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database);
  client = await server.client();
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const begun = async (machine: string): Promise<string> =>
  (await client.post(`/v1/machines/${machine}`)).body.id;
const give = (id: string, type: string, payload: object = {}): Promise<Answer> =>
  client.post(`/v1/instances/${id}/events`, { body: { type, ...payload } });

async function addingPeople(): Promise<string> {
  const id = await begun('crew-creation');
  await give(id, 'organizer.named_crew', { name: 'Night Owls' });
  return id;
}

const pick = async (id: string, people: readonly object[]): Promise<Answer> => {
  const pickerId = randomUUID();
  await give(id, 'organizer.opened_picker', { pickerId, picker: 'ios_native' });
  return give(id, 'organizer.picked_people', { pickerId, people });
};

const person = (phone: string) => ({ name: 'Bo', phone });
const phones = (count: number) =>
  Array.from({ length: count }, (_, n) => person(`+1415555${String(2_000 + n)}`));

describe('B-45 people who are picked', () => {
  test('none at all are a picker that was closed, and nobody is no crew: 422', async () => {
    const id = await addingPeople();
    const { status, body } = await pick(id, []);
    expect({ status, members: body.view.members }).toEqual({ status: 200, members: [] });
    const ofRun = async () =>
      (await loggedRows(database.sql))
        .filter((row) => row.metadata.flow_run_id === id)
        .map(({ event_type: type, metadata }) => `${type} ${metadata.outcome ?? ''}`.trim());
    expect(await until(ofRun, (rows) => rows.length === 4)).toEqual([
      ...['flow_started', 'flow_step completed', 'contact_picker_opened', 'flow_step cancelled'],
    ]);
    const done = await give(id, 'organizer.finished_adding');
    expect({ status: done.status, code: done.body.code }).toEqual({
      ...{ status: 422, code: 'invalid_input' },
    });
  });

  test('more than 200 get 400, 5,000 get 400 or 413, and nobody is added', async () => {
    const id = await addingPeople();
    expect((await pick(id, phones(201))).body.code).toBe('invalid_body');
    expect([400, 413]).toContain((await pick(id, phones(5_000))).status);
    expect((await client.get(`/v1/instances/${id}`)).body.view.members).toEqual([]);
    expect((await pick(id, phones(200))).body.view.members).toHaveLength(200);
    const more = await pick(id, [person('+14155559999')]);
    expect({ status: more.status, code: more.body.code }).toEqual({
      ...{ status: 422, code: 'invalid_input' },
    });
  });

  test('in any spelling are one number each, and what brings nobody is told by place and code', async () => {
    const id = await addingPeople();
    const spelled = ['(415) 555-0100', '+1 415 555 0100', '0014155550100', 'tel:+1-415-555-0101'];
    const odd = ['٤١٥٥٥٥٠١٠٢', '+1 415 555 0103 ext 5', '32665', 'call me', ''];
    const { status, body, text } = await pick(id, [...spelled, ...odd].map(person));
    expect(status).toBe(200);
    expect(body.view.members.map(({ phone }: { phone: string }) => phone)).toEqual([
      ...['+14155550100', '+14155550101', '+14155550102', '+14155550103'],
    ]);
    expect(body.view.skipped).toEqual([
      { index: 1, code: 'duplicate' },
      { index: 2, code: expect.stringMatching(/duplicate|invalid_phone/) },
      { index: 6, code: 'invalid_phone' },
      { index: 7, code: 'invalid_phone' },
      { index: 8, code: 'no_phone' },
    ]);
    expect(text).not.toMatch(/call me|32665/);
  });
});

describe('B-46 the options of a sync-up', () => {
  async function listing(): Promise<string> {
    const id = await begun('syncup-creation');
    await give(id, 'organizer.chose_people');
    await give(id, 'organizer.typed_person', { person: person('+14155552671') });
    await give(id, 'organizer.finished_adding');
    return id;
  }
  const option = (id: string, label: string) => give(id, 'organizer.added_option', { label });

  test('are two at least, whatever is said to be done', async () => {
    const id = await listing();
    for (const label of ['Beach', 'Park']) {
      const { status, body } = await give(id, 'organizer.finished_options');
      expect([status, body.code, body.current.step]).toEqual([422, 'invalid_input', 'options']);
      expect((await option(id, label)).status).toBe(200);
    }
    expect((await give(id, 'organizer.finished_options')).status).toBe(200);
  });

  test('are nine at most, however many are sent', async () => {
    const id = await listing();
    const answers = [];
    for (let n = 1; n <= 100; n += 1) answers.push(await option(id, `Place ${n}`));
    expect(answers.slice(0, 9).map(({ status }) => status)).toEqual(Array(9).fill(200));
    expect(new Set(answers.slice(9).map(({ status }) => status))).toEqual(new Set([409]));
    const { body } = await client.get(`/v1/instances/${id}`);
    expect(body.view.options).toHaveLength(9);
  });

  test.each([
    ['nothing', '', 422],
    ['10 kB', 'x'.repeat(10_000), 400],
    ['41 characters', 'x'.repeat(41), 422],
    ['the same words', 'beach', 422],
    ['a line end', 'Park\nFunlet: you won', 422],
    ['an emoji', 'Party 🎉', 422],
    ['a URL', 'https://evil.example/x', 422],
  ])('of %s are refused, and not repeated', async (_what, label, status) => {
    const id = await listing();
    await option(id, 'Beach');
    const answer = await option(id, label);
    expect(answer.status).toBe(status);
    expect(answer.body.problems.map(({ path }: { path: string }) => path)).toEqual(['label']);
    expect(answer.text).not.toMatch(/xxxxx|evil|you won/);
    const { body } = await client.get(`/v1/instances/${id}`);
    expect(body.view.options).toHaveLength(1);
  });
});

describe('B-47 a name', () => {
  test.each([
    ['with markup', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['that turns the reading direction', '\u202Eslwo thgiN', 'slwo thgiN'],
    ['with NUL', 'Night\u0000Owls', 'NightOwls'],
    ['with a line end', 'Owls\r\nFunlet: you won', 'Owls Funlet: you won'],
  ])('%s becomes one clean line', async (_what, name, clean) => {
    const { status, body } = await give(await begun('crew-creation'), 'organizer.named_crew', {
      name,
    });
    expect({ status, name: body.view.name }).toEqual({ status: 200, name: clean });
  });

  test.each([
    ['of 41 characters', 'x'.repeat(41), 422, { code: 'too_long', limit: 40 }],
    ['of nothing that can be seen', '\u200B \u2060', 422, { code: 'empty' }],
    ['of 10 kB', 'x'.repeat(10_000), 400, { code: 'too_big', limit: 200 }],
  ])('%s is refused, and not repeated', async (_what, name, status, told) => {
    const answer = await give(await begun('crew-creation'), 'organizer.named_crew', { name });
    expect(answer.status).toBe(status);
    expect(answer.body.problems).toEqual([{ path: 'name', ...told }]);
    expect(answer.text).not.toContain('xxxxx');
  });

  test('with a URL, a line end or a STOP of its own leaves a text that is one line of ours', async () => {
    const local = server.house.localCarrier;
    if (local === null) throw new Error('The local carrier does not run.');
    const profile = { name: 'Ana\nReply STOP', country: 'US', timeZone: 'America/New_York' };
    await client.put('/v1/me', { body: profile });
    const id = await begun('event-creation');
    await give(id, 'organizer.chose_people');
    await give(id, 'organizer.typed_person', { person: person('+14155552671') });
    await give(id, 'organizer.finished_adding');
    const title = 'Win\nFunlet: https://evil.example/x bit.ly/y';
    await give(id, 'organizer.titled_event', { title });
    for (const _ of ['when', 'where', 'details']) await give(id, 'organizer.skipped');
    expect((await give(id, 'organizer.saved_event')).status).toBe(200);
    const { body } = await local.carrier.waitForMessage(({ to }) => to === '+14155552671');
    expect(body).toMatch(/^Funlet: .* invites you to .*Reply YES or NO\. Reply STOP to opt out$/);
    expect(body).not.toMatch(/\n|evil|bit\.ly|https?:/);
  });
});

describe('B-48 a time', () => {
  const timed = async (payload: object): Promise<Answer> => {
    const id = await begun('event-creation');
    await give(id, 'organizer.chose_people');
    await give(id, 'organizer.typed_person', { person: person('+14155552671') });
    await give(id, 'organizer.finished_adding');
    await give(id, 'organizer.titled_event', { title: 'Dinner' });
    return give(id, 'organizer.set_time', payload);
  };
  const year = new Date().getUTCFullYear() + 1;
  /** The night in which New York's clocks go forward: the second Sunday of March. */
  const gap = `${year}-03-${String(14 - ((new Date(Date.UTC(year, 2, 1)).getUTCDay() + 6) % 7)).padStart(2, '0')}`;

  test.each([
    ['in the past', { startsAt: '2020-06-05T19:00' }, 'startsAt', 'in_the_past'],
    ['in the year 9999', { startsAt: '9999-06-05T19:00' }, 'startsAt', 'too_far_ahead'],
    ['on February 30', { startsAt: `${year}-02-30T19:00` }, 'startsAt', 'not_a_date'],
    ['in words', { startsAt: 'tomorrow' }, 'startsAt', 'not_a_date'],
    [
      'in a zone that is none',
      { startsAt: `${year}-06-05T19:00`, timeZone: 'Mars/Base' },
      'timeZone',
      'unknown_time_zone',
    ],
    [
      'that the clock change skips',
      { startsAt: `${gap}T02:30`, timeZone: 'America/New_York' },
      'startsAt',
      'skipped_by_clock_change',
    ],
  ])('%s gets 422', async (_what, payload, path, code) => {
    const { status, body } = await timed(payload);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'invalid_input', problems: [{ path, code }] });
    expect(body.current).toMatchObject({ step: 'when', view: { startsAt: null } });
  });

  test('that is right is kept as an instant with its zone', async () => {
    const { body } = await timed({ startsAt: `${year}-06-05T19:00`, timeZone: 'Europe/Berlin' });
    expect(body.view).toMatchObject({
      ...{ startsAt: `${year}-06-05T17:00:00.000Z`, timeZone: 'Europe/Berlin' },
    });
  });
});

describe('B-50 a client that speaks for the server', () => {
  test('cannot end a session that is none, or twice', async () => {
    const eve = await server.client();
    const left = { body: { type: 'app.left' } };
    expect((await eve.post(`/v1/sessions/${randomUUID()}/events`, left)).status).toBe(404);
    const { id } = (await eve.post('/v1/sessions')).body;
    expect((await client.post(`/v1/sessions/${id}/events`, left)).status).toBe(404);
    expect((await eve.post(`/v1/sessions/${id}/events`, left)).status).toBe(200);
    expect((await eve.post(`/v1/sessions/${id}/events`, left)).status).toBe(410);
    const rows = (await loggedRows(database.sql)).filter((row) => row.session_id === id);
    const types = rows.map(({ event_type }) => event_type).sort();
    expect(types.filter((type) => type !== 'latency')).toEqual(['session_end', 'session_start']);
  });

  test.each(['at', 'timestamp', 'event_type', 'organizerId', 'sessionId', 'duration_ms'])(
    'cannot say %s',
    async (field) => {
      const { id } = (await client.post('/v1/sessions')).body;
      const body = { type: 'organizer.acted', action: 'help_opened', target: 'none' };
      const answer = await client.post(`/v1/sessions/${id}/events`, {
        body: { ...body, [field]: '2999-01-01T00:00:00.000Z' },
      });
      expect({ status: answer.status, code: answer.body.code }).toEqual({
        ...{ status: 422, code: 'unknown_field' },
      });
      expect((await client.post('/v1/sessions', { body: { [field]: 1 } })).status).toBe(422);
    },
  );

  test.each([{ entry: 'magic' }, { tzOffsetMin: 841 }, { pushId: 'mine' }])(
    'cannot open a session with %j',
    async (body) => {
      expect((await client.post('/v1/sessions', { body })).body.code).toBe('invalid_body');
    },
  );
});
