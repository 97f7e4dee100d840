/* A push: what it is told, what comes in, and what it remembers. */
import { z } from 'zod';
import { APP_STATES, PUSH_ACTIONS, PUSH_KINDS, PUSH_RECEIPTS } from '../src/behavior/vocabulary.ts';
import { type Begun, defineEvents } from './kit.ts';

const id = z.uuid().nullable();

/** What a notice wants shown on one device. The push's id, one per device, is the `push_id` of its rows. */
export const input = z.strictObject({
  kind: z.enum(PUSH_KINDS),
  device: z.uuid(),
  body: z.string().min(1).max(300),
  subject: z.strictObject({ eventId: id, crewId: id, syncupId: id }),
});
export type PushInput = z.output<typeof input>;

export const events = defineEvents({
  /** The device has it; `deviceAt` is what the device's own clock said. */
  'app.received_push': z.strictObject({
    receipt: z.enum(PUSH_RECEIPTS),
    appState: z.enum(APP_STATES).optional(),
    deviceAt: z.iso.datetime({ offset: true }).optional(),
  }),
  'app.opened_push': z.strictObject({
    action: z.enum(PUSH_ACTIONS),
    coldStart: z.boolean().optional(),
  }),
});
export type Event = typeof events.type;

export const context = input.extend({
  id: z.uuid(),
  owner: z.uuid(),
  queuedAt: z.int(),
  /** Empty once it needs no sending any more. */
  body: z.string(),
  tries: z.int(),
  /** When the push service took it. */
  sentAt: z.int().nullable(),
  received: z.boolean(),
  opened: z.boolean(),
});
export type Context = z.output<typeof context>;

export const begin = ({ at, ...given }: Begun & PushInput): Context => ({
  ...given,
  ...{ queuedAt: at, tries: 0, sentAt: null, received: false, opened: false },
});

export type SendPush = Pick<Context, 'kind' | 'device' | 'body' | 'owner' | 'subject'> & {
  readonly pushId: string;
};

/** How one try went. `gone`: the app is no longer on that device, or its organizer has left it. */
export type PushOutcome = 'accepted' | 'gone' | 'busy' | 'rejected';
