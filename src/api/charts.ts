/*
 * What the API needs to know of a chart: what may be sent, what is asked, what is shown. It is given
 * to the API ready made, so that no route knows XState or the name of a flow.
 */
import type { z } from 'zod';
import type { Delivered } from '../engine/index.ts';
import type { FieldProblem } from './problems.ts';

/** A stored instance, as the engine returns it. */
export type Instance = Extract<Delivered, { outcome: 'moved' }>['instance'];

export type Prompt = {
  readonly id: string;
  readonly text: string;
  readonly choices?: readonly { readonly label: string; readonly event: string }[];
  readonly problems?: readonly FieldProblem[];
};

export type Standing = {
  readonly step: string | null;
  readonly prompt: Prompt | null;
  readonly view: Readonly<Record<string, unknown>>;
  /** Names of the client's events that may be sent now. */
  readonly events: readonly string[];
};

/** Who acts: what organizers have said about themselves, or the defaults. */
export type Profile = {
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
};

export type ApiChart = {
  readonly id: string;
  readonly version: string;
  /** The log's word for the flow; null for a chart that clients cannot begin. */
  readonly flow: string | null;
  /** What a client gives to begin one: the chart's input without what the server adds. */
  readonly input: z.ZodObject;
  /** The whole input: the client's part and the organizer's profile, where the chart takes one. */
  readonly inputOf: (
    given: Readonly<Record<string, unknown>>,
    organizer: Profile,
  ) => Readonly<Record<string, unknown>>;
  /** The client's events: payloads by name. */
  readonly payloads: ReadonlyMap<string, z.ZodObject>;
  readonly standing: (instance: Instance) => Standing;
  /** The states in which a run was left rather than ended: another may go on where it stopped. */
  readonly droppedIn: readonly string[];
  /** What is wrong with an event that a guard turned down. */
  readonly problems: (
    event: { readonly type: string; readonly [field: string]: unknown },
    instance: Instance,
  ) => readonly FieldProblem[];
  /** The chart as JSON (XState's own form), and as mermaid text. */
  readonly definition: unknown;
  readonly diagram: string;
};

export type ApiCharts = {
  readonly live: readonly ApiChart[];
  /** Superseded versions that still run as well. */
  readonly all: readonly ApiChart[];
  readonly find: (id: string, version: string) => ApiChart | undefined;
};
