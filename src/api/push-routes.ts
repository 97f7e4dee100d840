/* Pushes: where a device is reached, and what devices report of what they got. Only the app is pushed to. */
import { z } from 'zod';
import { APP_STATES, PUSH_ACTIONS, PUSH_KINDS, PUSH_RECEIPTS } from '../behavior/vocabulary.ts';
import { openPush, receivePush, registerDevice } from '../domain/pushes.ts';
import type { Visitor } from '../domain/sessions.ts';
import type { Instance } from './charts.ts';
import { check, idOf } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { Pushed } from './local-devices.ts';
import { notFound, Refusal } from './problems.ts';
import { readJson } from './read-json.ts';
import { type Asked, callerOf, paramOf, type Route } from './route.ts';
import { visitorOf } from './turn.ts';

const Device = z.strictObject({
  /** The push service's address of the app on this device; null when it wants no pushes any more. */
  token: z
    .string()
    .min(1)
    .max(400)
    .regex(/^[\x21-\x7e]*$/)
    .nullable()
    .meta({ examples: ['local-device-1'] }),
});

const Receipt = z.strictObject({
  receipt: z.enum(PUSH_RECEIPTS),
  appState: z.enum(APP_STATES).optional(),
  deviceAt: z.iso.datetime({ offset: true }).optional(),
});

const Open = z.strictObject({
  action: z.enum(PUSH_ACTIONS),
  coldStart: z.boolean().optional(),
});

const PushBody = z.strictObject({
  id: z.uuid(),
  kind: z.enum(PUSH_KINDS),
  received: z.boolean(),
  opened: z.boolean(),
});

const headers = ['X-Session-Id', 'X-App-Version'] as const;
const problems = [
  'not_found',
  'invalid_json',
  'invalid_body',
  'unknown_field',
  'forbidden',
] as const;

export const pushRoutes = (deps: ApiDeps): readonly Route[] => [
  {
    method: 'put',
    path: '/v1/device',
    access: 'organizer',
    summary: 'Say where pushes reach this device, the one of the token',
    body: Device,
    answers: { 200: { description: 'It is kept.', schema: Device } },
    problems: ['invalid_json', 'invalid_body', 'unknown_field', 'forbidden'],
    handle: async (ctx) => {
      const visitor = appOf(ctx);
      const device = check(Device, readJson(ctx));
      await registerDevice(deps.domain, visitor, device.token);
      ctx.body = device;
    },
  },
  {
    method: 'post',
    path: '/v1/pushes/{id}/receipts',
    access: 'organizer',
    summary: 'Report that a push has come; safe to repeat',
    body: Receipt,
    headers,
    answers: { 200: { description: 'The push.', schema: PushBody } },
    problems,
    handle: async (ctx) => {
      const visitor = appOf(ctx);
      const pushId = idOf(paramOf(ctx, 'id'));
      const event = { ...check(Receipt, readJson(ctx)), type: 'app.received_push' };
      const reported = await stepping(ctx, receivePush(deps.domain, visitor, { pushId, event }));
      if (reported === undefined) throw notFound();
      ctx.body = pushBodyOf(reported.push);
    },
  },
  {
    method: 'post',
    path: '/v1/pushes/{id}/opens',
    access: 'organizer',
    summary:
      'Report that a push was tapped; begins a session where none lives, and is safe to repeat',
    body: Open,
    headers,
    answers: { 200: { description: 'The push.', schema: PushBody } },
    problems,
    handle: async (ctx) => {
      const visitor = appOf(ctx);
      const pushId = idOf(paramOf(ctx, 'id'));
      const event = { ...check(Open, readJson(ctx)), type: 'app.opened_push' };
      const reported = await stepping(ctx, openPush(deps.domain, visitor, { pushId, event }));
      if (reported === undefined) throw notFound();
      const { push, sessionId } = reported;
      if (sessionId !== null) {
        deps.engine.markSeen({ organizerId: visitor.organizerId, id: sessionId });
        ctx.set('X-Session-Id', sessionId);
      }
      ctx.body = pushBodyOf(push);
    },
  },
  ...developmentRoutes(deps),
];

const developmentRoutes = ({ localDevices }: ApiDeps): readonly Route[] =>
  localDevices === null
    ? []
    : [
        {
          method: 'get',
          path: '/v1/development/pushes',
          access: 'organizer',
          summary: 'What was pushed to your devices, as nothing leaves a server of development',
          answers: {
            200: {
              description: 'Pushes, oldest first.',
              schema: z.strictObject({ pushes: z.array(Pushed) }),
            },
          },
          handle: (ctx) => {
            const sent = localDevices.sentTo(callerOf(ctx).owner);
            const pushes = sent.map(({ id, kind, body, eventId, syncupId }) => ({
              ...{ id, kind, body, eventId, syncupId },
            }));
            ctx.body = { pushes };
          },
        },
      ];

/** The contract's rows of pushes are of the app alone. */
function appOf(ctx: Asked): Visitor {
  const visitor = visitorOf(ctx);
  if (visitor.platform === 'ios_app') return visitor;
  throw new Refusal(
    'forbidden',
    'Only the app is pushed to: this needs a token whose platform is ios_app.',
  );
}

/** A chart's step runs meanwhile: what throws is told as its exception. */
async function stepping<T>(ctx: Asked, work: Promise<T>): Promise<T> {
  ctx.state.stepping = true;
  const done = await work;
  ctx.state.stepping = false;
  return done;
}

function pushBodyOf({ id, snapshot }: Instance) {
  const { context } = snapshot as { readonly context: Omit<z.output<typeof PushBody>, 'id'> };
  const { kind, received, opened } = context;
  return { id, kind, received, opened };
}
