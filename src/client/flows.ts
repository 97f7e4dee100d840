/*
 * The flows as types: what each takes to begin, which events it takes, what it shows. They are the charts' own
 * zod schemas, so that a client that sends what no chart takes does not compile. Nothing of it is left at run
 * time but the names.
 */
import type { z } from 'zod';
import type * as addPeople from '../../machines/add-people.machine.ts';
import type * as crewCreation from '../../machines/crew-creation.machine.ts';
import type * as crewUpdate from '../../machines/crew-update.machine.ts';
import type * as eventCreation from '../../machines/event-creation.machine.ts';
import type * as finalize from '../../machines/finalize.machine.ts';
import type * as reminder from '../../machines/reminder.machine.ts';
import type * as session from '../../machines/session.machine.ts';
import type * as syncupCreation from '../../machines/syncup-creation.machine.ts';
import type { InstanceBody } from '../api/instance-body.ts';
import type { INPUTS } from '../behavior/vocabulary.ts';

type Modules = {
  readonly 'crew-creation': typeof crewCreation;
  readonly 'crew-update': typeof crewUpdate;
  readonly 'event-creation': typeof eventCreation;
  readonly 'syncup-creation': typeof syncupCreation;
  readonly 'add-people': typeof addPeople;
  readonly reminder: typeof reminder;
  readonly finalize: typeof finalize;
};

/** A flow that a client can begin. */
export type Machine = keyof Modules;

/** Every flow by name. */
export const MACHINES: Readonly<Record<Machine, true>> = {
  'crew-creation': true,
  'crew-update': true,
  'event-creation': true,
  'syncup-creation': true,
  'add-people': true,
  reminder: true,
  finalize: true,
};

/** How the organizer gave an event. */
export type Via = (typeof INPUTS)[number];

type ClientName = `organizer.${string}` | `app.${string}`;
/** An object without fields is one that takes any, to zod's types. */
type FieldsOf<S extends z.ZodObject> = string extends keyof z.input<S>
  ? unknown
  : Readonly<z.input<S>>;

type EventsOf<P extends Readonly<Record<string, z.ZodObject>>> = {
  [K in keyof P & ClientName]: { readonly type: K; readonly via?: Via } & FieldsOf<P[K]>;
}[keyof P & ClientName];

/** An event that the flow takes from a client, with its payload. */
export type FlowEvent<M extends Machine = Machine> = M extends Machine
  ? EventsOf<Modules[M]['events']['payloads']>
  : never;

/** What happens outside of flows: `organizer.acted`, `app.left`. */
export type SessionEvent = EventsOf<(typeof session)['events']['payloads']>;

/** What the flow takes to begin; the server adds the organizer's profile. */
export type FlowInput<M extends Machine> = M extends Machine
  ? Readonly<Omit<z.input<Modules[M]['input']>, 'organizer'>>
  : never;

/** A flow as it stands: what is asked, what a chat shows, which events may be sent now. */
export type Flow<M extends Machine = Machine> = M extends Machine
  ? Readonly<Omit<InstanceBody, 'machine' | 'view' | 'events'>> & {
      readonly machine: M;
      /** `closing` says what came of it, once it is over; null where it was left. */
      readonly view: Readonly<ReturnType<Modules[M]['view']> & { closing: string | null }>;
      readonly events: readonly FlowEvent<M>['type'][];
    }
  : never;
