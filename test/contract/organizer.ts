/* An organizer at work: what a chat frontend does, over HTTP. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { LogRow } from '../../src/behavior/row.ts';
import type { Answer, Client, TestServer } from '../support/server.ts';

export type Contact = { readonly name: string; readonly phone: string };

export type Organizer = {
  readonly owner: string;
  readonly client: Client;
  /** The same organizer on the same device, at a server that was started anew. */
  readonly at: (server: Pick<TestServer, 'client'>) => Promise<Organizer>;
  /** A run that was begun before. */
  readonly run: (id: string) => Run;
  /** Begins a flow. */
  readonly begins: (machine: string, body?: Record<string, unknown>) => Promise<Run>;
  /** Says that the app was closed: the session ends. */
  readonly leaves: () => Promise<void>;
  /** Opens or joins a session; gives its id. */
  readonly arrives: () => Promise<string>;
  /** Makes a crew of these people, and gives its id. */
  readonly hasCrew: (people: readonly Contact[]) => Promise<string>;
  /** Invites these people to an event, and gives the run. */
  readonly invites: (phones: readonly string[]) => Promise<Run>;
  /** Asks these people which of these options works, in single votes by no rules. */
  readonly asks: (phones: readonly string[], labels: readonly string[]) => Promise<Asked>;
  /** All rows of the organizer but those of sessions. */
  readonly isActor: (row: LogRow) => boolean;
};

export type Run = {
  readonly id: string;
  /** Gives an event that is taken. */
  readonly does: (type: string, payload?: Payload) => Promise<Answer>;
  /** Gives an event that is answered with this status. */
  readonly tries: (status: number, type: string, payload?: Payload) => Promise<Answer>;
  /** The event that this run is making or has made. */
  readonly eventId: () => Promise<string | null>;
  readonly isOf: (row: LogRow) => boolean;
};

/** A sync-up that was sent out, and how it stands. */
export type Asked = {
  readonly syncupId: string;
  readonly shown: () => Promise<Answer['body']>;
};

type Payload = Readonly<Record<string, unknown>>;

export type Device = {
  readonly owner: string;
  readonly platform: 'web' | 'ios_app';
  readonly deviceId: string;
};

export async function createOrganizer(
  server: Pick<TestServer, 'client'>,
  device: Device,
): Promise<Organizer> {
  const client = await server.client(device);
  const begins: Organizer['begins'] = async (machine, body = {}) => {
    const begun = await client.post(`/v1/machines/${machine}`, { body });
    expect(begun.status, begun.text).toBe(201);
    return runOf(client, begun.body.id as string);
  };
  const arrives = async () => {
    const opened = await client.post('/v1/sessions', { body: {} });
    expect([200, 201], opened.text).toContain(opened.status);
    return String(opened.body.id);
  };
  return {
    ...{ owner: client.owner, client, begins, arrives },
    at: (another) => createOrganizer(another, device),
    run: (id) => runOf(client, id),
    leaves: async () => {
      const left = await client.post(`/v1/sessions/${await arrives()}/events`, {
        body: { type: 'app.left' },
      });
      expect(left.status, left.text).toBe(200);
    },
    hasCrew: async (people) => {
      const run = await begins('crew-creation');
      await run.does('organizer.named_crew', { name: 'Night Owls' });
      await addByHand(run, people);
      const saved = await run.does('organizer.saved_crew');
      return String(saved.body.view.crewId);
    },
    invites: async (phones) => {
      const run = await begins('event-creation');
      await run.does('organizer.chose_people');
      await addByHand(
        run,
        phones.map((phone, n) => ({ name: `Guest ${n + 1}`, phone })),
      );
      await run.does('organizer.titled_event', { title: 'Dinner' });
      for (const _ of ['when', 'where', 'details']) await run.does('organizer.skipped');
      await run.does('organizer.saved_event');
      return run;
    },
    asks: async (phones, labels) => {
      const run = await begins('syncup-creation', { input: { title: 'Dinner' } });
      await run.does('organizer.chose_people');
      await addByHand(
        run,
        phones.map((phone, n) => ({ name: `Guest ${n + 1}`, phone })),
      );
      for (const label of labels) await run.does('organizer.added_option', { label });
      await run.does('organizer.finished_options');
      await run.does('organizer.skipped');
      const saved = await run.does('organizer.saved_syncup');
      const syncupId = String(saved.body.view.syncupId);
      return { syncupId, shown: async () => (await client.get(`/v1/syncups/${syncupId}`)).body };
    },
    isActor: (row) => row.organizer_id === client.owner && !row.event_type.startsWith('session_'),
  };
}

/** People typed in one by one, as on the web. */
export async function addByHand(run: Run, people: readonly Contact[]): Promise<void> {
  for (const person of people) await run.does('organizer.typed_person', { person });
  await run.does('organizer.finished_adding', { via: 'text' });
}

/** People chosen in a picker, as on a phone. */
export async function addByPicker(run: Run, people: readonly Contact[]): Promise<Answer> {
  const pickerId = randomUUID();
  await run.does('organizer.opened_picker', { pickerId, picker: 'ios_native' });
  return run.does('organizer.picked_people', { pickerId, people, via: 'picker' });
}

function runOf(client: Client, id: string): Run {
  const tries: Run['tries'] = async (status, type, payload = {}) => {
    const answer = await client.post(`/v1/instances/${id}/events`, { body: { type, ...payload } });
    expect(answer.status, answer.text).toBe(status);
    return answer;
  };
  const event: { id: string | null } = { id: null };
  return {
    id,
    tries,
    does: async (type, payload) => {
      const answer = await tries(200, type, payload);
      event.id = answer.body.view.eventId ?? event.id;
      return answer;
    },
    eventId: async () => event.id,
    isOf: (row) =>
      row.metadata.flow_run_id === id || (event.id !== null && row.event_id === event.id),
  };
}
