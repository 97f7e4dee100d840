import { z } from 'zod';
import type { Registries } from '../registries.ts';
import { FLOWS, PROMPTS, TARGETS } from '../vocabulary.ts';

/*
 * The small schemas that metadata is made of. None of them lets an open string through, and the
 * caps keep numbers narrower than a phone number, except where they are milliseconds.
 */

/** The schema version of every type; a change of one type gives that type its own. */
export const SCHEMA_VERSION = '1-0-0';

/**
 * Three short numbers, or 12 hex digits of a build with a letter among them: too narrow for a name, and
 * for a phone number, which 12 plain digits could be.
 */
export const VERSION_PATTERN = /^(?:\d{1,3}\.\d{1,3}\.\d{1,3}|(?=.*[a-f])[0-9a-f]{12})$/;

const MAX_COUNT = 1_000_000;
const MAX_MINUTES = 100_000_000;
const MAX_MS = 1_000_000_000_000;

/** An enum that grows with the code; JSON Schemas name the registry, of which it is a member. */
const memberOf = (registries: Registries, name: keyof Registries) =>
  z.enum([...(registries[name] ?? [])]).meta({ registry: name });

/** The atoms over these registries; read once, so later additions to a set are not seen. */
export function createAtoms(registries: Registries) {
  const member = (name: keyof Registries) => memberOf(registries, name);
  const count = z.int().min(0).max(MAX_COUNT);
  const ordinal = z.int().min(1).max(MAX_COUNT);
  return {
    uuid: z.uuid(),
    iso: z.iso.datetime({ precision: 3 }),
    flag: z.boolean(),
    count,
    ordinal,
    counts: z.array(count).max(9),
    /** Indexes of options, from 1; a sync-up has at most nine. */
    choices: z.array(ordinal).min(1).max(9),
    ms: z.int().min(0).max(MAX_MS),
    minutes: z.int().min(0).max(MAX_MINUTES),
    signedMinutes: z.int().min(-MAX_MINUTES).max(MAX_MINUTES),
    duration: z.number().min(0).max(MAX_MS),
    rate: z.number().gt(0).max(1),
    statePath: member('statePaths'),
    eventName: member('eventNames'),
    template: member('templates'),
    errorCode: member('errorCodes'),
    parserRule: member('parserRules'),
    machine: member('machines'),
    version: registries.versions ? member('versions') : z.string().regex(VERSION_PATTERN),
  };
}
export type Atoms = ReturnType<typeof createAtoms>;

/** The keys that stand on every row. */
export const reserved = (a: Atoms) => ({
  v: z.literal(SCHEMA_VERSION),
  correlation_id: a.uuid,
  backend_version: a.version.optional(),
  synthetic: z.literal(true).optional(),
  internal: z.literal(true).optional(),
});

/** `…run`: the organizer flow that a row belongs to. */
export const run = (a: Atoms) => ({
  flow: z.enum(FLOWS),
  flow_run_id: a.uuid,
  machine_version: a.version,
});

/** `…cycle`: one invitee and one event or sync-up. */
export const cycle = (a: Atoms) => ({
  cycle_id: a.uuid,
  machine_version: a.version,
  target: z.enum(TARGETS),
});

/** `…heard`: the inbound message behind a row and how it was understood. */
export const heard = (a: Atoms) => ({
  inbound_id: a.uuid,
  parser_version: a.version,
  rule: a.parserRule,
  in_reply_to: z.enum(PROMPTS),
});
