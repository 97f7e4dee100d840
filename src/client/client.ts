/*
 * The client of a chat frontend: begins flows, sends events, shows prompts, goes on after a reload, follows
 * what moves. It needs fetch and nothing else, runs in a browser, and throws nothing: what can go wrong is
 * in the answer's type. It remembers the session that the server named last.
 */
import type { z } from 'zod';
import type { Edit } from '../api/event-routes.ts';
import type { Flow as ListedFlow } from '../api/flow-routes.ts';
import type { Crew, Event, ListedCrew, ListedEvent, Profile } from '../api/read-routes.ts';
import type { Open } from '../api/session-routes.ts';
import type { ListedSyncup, Syncup } from '../api/syncup-routes.ts';
import type { Entry } from '../behavior/vocabulary.ts';
import { type Answer, answerOf, nothingToEnd } from './answers.ts';
import { type ClientOptions, call, eitherOf, type Request } from './call.ts';
import type { Flow, FlowEvent, FlowInput, Machine, SessionEvent } from './flows.ts';
import { type Change, follow } from './follow.ts';

type Session = { readonly id: string };
type Body<S extends z.ZodType> = Readonly<z.output<S>>;

/** The same key makes a call that is repeated count once; each call has a new one by itself. */
export type Keyed = { readonly key?: string };

export type Beginning<M extends Machine> = Keyed & {
  readonly input?: FlowInput<M>;
  readonly entry?: Entry;
  /** The run out of which this one is begun. */
  readonly parentRunId?: string;
};

/** A flow to go on with, and when it began and last moved (ISO). */
export type Unfinished = Flow & Pick<Body<typeof ListedFlow>, 'begunAt' | 'movedAt'>;

export type Client = {
  readonly begin: <M extends Machine>(machine: M, of?: Beginning<M>) => Promise<Answer<Flow<M>>>;
  readonly send: <M extends Machine>(
    flow: { readonly id: string; readonly machine: M },
    event: FlowEvent<M>,
    of?: Keyed,
  ) => Promise<Answer<Flow<M>, Flow<M>>>;
  readonly read: (id: string) => Promise<Answer<Flow>>;
  /** Flows to go on with, on this device and on others; the last moved come first. */
  readonly unfinished: () => Promise<Answer<readonly Unfinished[]>>;
  /** Goes on with one: an active flow as it stands, or a new run that takes up a dropped one. */
  readonly resume: <M extends Machine>(flow: Flow<M>, of?: Keyed) => Promise<Answer<Flow<M>>>;
  /** How flows stand and invitees answer, as it happens; ends with the signal. */
  readonly follow: (signal?: AbortSignal) => AsyncGenerator<Change>;
  /** Opens a session or joins the live one; a first event does so by itself. */
  readonly open: (opening?: z.input<typeof Open>) => Promise<Answer<Session>>;
  /**
   * Tells what was done outside of any flow, or that the app was left. Opens a session if there is none;
   * where one is only to be ended, there is none to end: `finished`.
   */
  readonly tell: (event: SessionEvent, of?: Keyed) => Promise<Answer<Session>>;
  /** To be given back as `sessionId` after a reload. */
  readonly sessionId: () => string | undefined;
  readonly crews: () => Promise<Answer<readonly Body<typeof ListedCrew>[]>>;
  readonly crew: (id: string) => Promise<Answer<Body<typeof Crew>>>;
  readonly events: () => Promise<Answer<readonly Body<typeof ListedEvent>[]>>;
  readonly event: (id: string) => Promise<Answer<Body<typeof Event>>>;
  /** Changes what is given of an event, or calls it off; its invitees are told what concerns them. */
  readonly editEvent: (
    id: string,
    edit: z.input<typeof Edit>,
    of?: Keyed,
  ) => Promise<Answer<Body<typeof Event>>>;
  readonly cancelEvent: (id: string, of?: Keyed) => Promise<Answer<Body<typeof Event>>>;
  readonly syncups: () => Promise<Answer<readonly Body<typeof ListedSyncup>[]>>;
  readonly syncup: (id: string) => Promise<Answer<Body<typeof Syncup>>>;
  readonly profile: () => Promise<Answer<Body<typeof Profile>>>;
  readonly setProfile: (profile: Body<typeof Profile>) => Promise<Answer<Body<typeof Profile>>>;
};

export function createClient(options: ClientOptions): Client {
  let sessionId = options.sessionId;
  const ask = async <T, Current = never>(request: Request): Promise<Answer<T, Current>> => {
    const received = await call(options, { ...request, sessionId });
    sessionId = received?.sessionId ?? sessionId;
    return answerOf(received, request.key ?? null);
  };
  const get = <T>(path: string) => ask<T>({ method: 'GET', path });
  const post = <T, Current = never>(path: string, body: object, key = options.id()) =>
    ask<T, Current>({ method: 'POST', path, body, key });
  const begin: Client['begin'] = (machine, { key, ...body } = {}) =>
    post(`/v1/machines/${machine}`, body, key);
  const open: Client['open'] = (opening = {}) => post('/v1/sessions', opening);
  return {
    begin,
    open,
    send: ({ id }, event, { key } = {}) => post(`/v1/instances/${id}/events`, event, key),
    read: (id) => get(`/v1/instances/${id}`),
    unfinished: async () =>
      listOf(await get<{ readonly flows: readonly Unfinished[] }>('/v1/flows'), 'flows'),
    resume: <M extends Machine>(flow: Flow<M>, { key }: Keyed = {}) =>
      flow.status === 'active'
        ? get<Flow<M>>(`/v1/instances/${flow.id}`)
        : post<Flow<M>>(
            `/v1/machines/${flow.machine}`,
            { resumedFrom: flow.id, entry: 'resume' },
            key,
          ),
    follow: (signal) =>
      follow(options, signal === undefined ? options.signal : eitherOf(signal, options.signal)),
    tell: async (event, { key = options.id() } = {}) => {
      if (sessionId === undefined && endsOnly(event)) return nothingToEnd();
      const opened = sessionId === undefined ? await open() : undefined;
      if (opened?.ok === false) return opened;
      const told = await post<Session>(`/v1/sessions/${sessionId}/events`, event, key);
      // A session that has expired meanwhile hears nothing.
      if (told.ok || told.code !== 'finished' || endsOnly(event)) return told;
      const again = await open();
      return again.ok ? post(`/v1/sessions/${again.value.id}/events`, event, key) : again;
    },
    sessionId: () => sessionId,
    crews: async () =>
      listOf(
        await get<{ readonly crews: readonly Body<typeof ListedCrew>[] }>('/v1/crews'),
        'crews',
      ),
    crew: (id) => get(`/v1/crews/${id}`),
    events: async () =>
      listOf(
        await get<{ readonly events: readonly Body<typeof ListedEvent>[] }>('/v1/events'),
        'events',
      ),
    event: (id) => get(`/v1/events/${id}`),
    editEvent: (id, edit, { key } = {}) => post(`/v1/events/${id}/edit`, edit, key),
    cancelEvent: (id, { key } = {}) => post(`/v1/events/${id}/cancel`, {}, key),
    syncups: async () =>
      listOf(
        await get<{ readonly syncups: readonly Body<typeof ListedSyncup>[] }>('/v1/syncups'),
        'syncups',
      ),
    syncup: (id) => get(`/v1/syncups/${id}`),
    profile: () => get('/v1/me'),
    setProfile: (profile) => ask({ method: 'PUT', path: '/v1/me', body: profile }),
  };
}

/**
 * None is opened in order to end it. To log out does more than that: it also stops the pushes to the device,
 * however long ago its session ended.
 */
const endsOnly = ({ type }: SessionEvent): boolean =>
  type === 'app.left' || type === 'organizer.ended_session';

/** The list out of the object that an answer wraps it in. */
const listOf = <K extends string, T>(answer: Answer<Readonly<Record<K, T>>>, name: K): Answer<T> =>
  answer.ok ? { ...answer, value: answer.value[name] } : answer;
