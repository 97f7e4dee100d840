/*
 * The few words that a chart needs beyond XState: what meta may say, how events are defined, and the
 * two effects a chart can ask for. It knows no flow, no clock and no storage.
 */
import type { AnyStateMachine } from 'xstate';
import type { z } from 'zod';
import type { Fact, Subject } from '../src/behavior/meta.ts';
import type { EventType } from '../src/behavior/vocabulary.ts';

export { derivedId, NIL_ID } from '../src/behavior/derived-id.ts';
export type { Fact, RootMeta, StateMeta, Subject, TransitionMeta } from '../src/behavior/meta.ts';
export { isClientEvent } from '../src/behavior/meta.ts';

/** One zod object per payload gives the event union, the HTTP check and the test cases. */
export function defineEvents<const S extends Record<string, z.ZodObject>>(payloads: S) {
  /** The engine puts `at` on every event: the epoch ms of the commit. */
  type Event = { [K in keyof S & string]: { type: K; at: number } & z.output<S[K]> }[keyof S &
    string];
  return { payloads, type: {} as Event };
}

/** What every chart gets as input beside its own: who it is, whose it is, and the time it begins. */
export type Begun = { readonly id: string; readonly owner: string; readonly at: number };

/** When a step happened (epoch ms). The engine also puts `at` on events that XState types: a timer's, an actor's. */
export const atOf = (event: object): number => (event as { readonly at: number }).at;

/** An event for another instance: durable, in order between the two, applied exactly once. */
export type Send = {
  readonly to: string;
  readonly owner: string;
  readonly event: { readonly type: string; readonly [field: string]: unknown };
  /** Begins the receiver where it does not exist yet. */
  readonly orStart?: {
    readonly machine: string;
    readonly input: Readonly<Record<string, unknown>>;
  };
};

/** A new instance of a chart. Its id comes from the starter, so that starting twice starts once. */
export type Start = {
  readonly machine: string;
  readonly id: string;
  readonly owner: string;
  readonly input: Readonly<Record<string, unknown>>;
};

/** The two custom actions of every chart; spread into `setup({ actions })`. The engine carries them out. */
export const effects = {
  send: (_: unknown, _params: Send | readonly Send[]): void => undefined,
  start: (_: unknown, _params: Start | readonly Start[]): void => undefined,
};

/** What an actor that the engine runs looks like inside a chart: a promise that is never awaited here. */
export const runByEngine = (): Promise<never> =>
  Promise.reject(new Error('This actor is run by the engine, not by XState: register it in main.'));

/** How a failed actor shows itself to the chart (`event.error`). */
export type ActorError = {
  readonly code: string;
  readonly retryable: boolean;
  readonly providerCode?: number;
};

/** What is asked or said in a state: `choices` are what a client may offer as buttons. */
export type Prompt = {
  readonly text: string;
  readonly choices?: readonly { readonly label: string; readonly event: string }[];
  /** What was wrong with what the flow was begun with, where that is why it asks. */
  readonly problems?: readonly Problem[];
};

/** What one invalid field is: a path into the event's payload and a code; never the value itself. */
export type Problem = {
  readonly path: string;
  readonly code: string;
  /** Of what is too long, too many or too few: how many characters or things are taken. */
  readonly limit?: number;
};

/** A row of a read model that an instance keeps in step with its context, written in the step's own commit. */
export type ModelRow = {
  readonly table: 'invitations' | 'messages' | 'sms_prompts' | 'phones';
  readonly row: Readonly<Record<string, unknown>>;
};

export const seconds = (count: number): number => count * 1_000;
export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => count * 86_400_000;

/**
 * What every chart file exports, and all that the rest of the house knows of a chart. Functions are
 * pure and take the context as it stands after a step.
 */
export type ChartModule = {
  readonly machine: AnyStateMachine;
  /** What a starter gives; the engine adds `Begun` and `resume` (a dropped run's context). */
  readonly input: z.ZodObject;
  readonly context: z.ZodType;
  readonly events: { readonly payloads: Readonly<Record<string, z.ZodObject>> };
  /** Every sentence, by the `prompt` id of a state. */
  readonly copy: Readonly<Record<string, (context: never) => Prompt>>;
  readonly view: (context: never) => Readonly<Record<string, unknown>>;
  readonly subject: (context: never) => Subject;
  readonly describe: Readonly<Partial<Record<EventType, (fact: Fact<never>) => unknown>>>;
  /** What is wrong with an event that a guard turned down as invalid input. */
  readonly problems?: Readonly<
    Record<string, (event: never, context: never) => readonly Problem[]>
  >;
  /** The read-model rows this instance keeps; written when they change. */
  readonly rows?: (context: never, self: Begun) => readonly ModelRow[];
};
