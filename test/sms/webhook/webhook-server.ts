/** The webhook router on a real port, and a Twilio that signs for it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringify } from 'node:querystring';
import Koa from 'koa';
import twilio from 'twilio';
import type { InboundMessage } from '../../../src/sms/webhook/inbound.ts';
import type { StatusCallback } from '../../../src/sms/webhook/status.ts';
import { type WebhookDeps, webhookRouter } from '../../../src/sms/webhook/webhook-router.ts';

export const accountSid = `AC${'a'.repeat(32)}`;
export const authToken = 'primary-token';
export const secondToken = 'second-token';
export const ownNumber = '+14155550100';
export const invitee = '+14155550101';

let nextSid = 0;
export const newSid = (): string => `SM${(nextSid++).toString(16).padStart(32, '0')}`;

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export const inboundFields = (fields: Fields = {}): Fields => ({
  ToCountry: 'US',
  MessageSid: newSid(),
  AccountSid: accountSid,
  From: invitee,
  To: ownNumber,
  Body: 'Yes',
  NumMedia: '0',
  NumSegments: '1',
  FromCity: '',
  ApiVersion: '2010-04-01',
  ...fields,
});

export const statusFields = (fields: Fields = {}): Fields => ({
  AccountSid: accountSid,
  MessageSid: newSid(),
  MessageStatus: 'sent',
  From: ownNumber,
  To: invitee,
  ApiVersion: '2010-04-01',
  ...fields,
});

export async function startWebhookServer(overrides: Partial<WebhookDeps> = {}) {
  const messages: InboundMessage[] = [];
  const statuses: StatusCallback[] = [];
  const malformed: string[] = [];
  const outcomes: string[] = [];
  const failures: unknown[] = [];
  const koaErrors: unknown[] = [];
  const app = new Koa();
  // Koa also reports connections that the other side broke; those are not errors of ours.
  app.on('error', (error) => 'code' in error || koaErrors.push(error));
  const server = createServer({ requestTimeout: 2_000, connectionsCheckingInterval: 100 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const deps: WebhookDeps = {
    authTokens: [authToken, secondToken],
    publicUrl,
    accountSid,
    ownNumbers: new Set([ownNumber]),
    onInbound: async (message) => void messages.push(message),
    onStatus: async (status) => void statuses.push(status),
    onMalformed: (kind, route) => void malformed.push(`${route}:${kind}`),
    counter: (route, outcome) => void outcomes.push(`${route}:${outcome}`),
    onFailure: (error) => void failures.push(error),
    ...overrides,
  };
  app.use(webhookRouter(deps));
  server.on('request', app.callback());
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { publicUrl, messages, statuses, malformed, outcomes, failures, koaErrors, server, close };
}

export type WebhookServer = Awaited<ReturnType<typeof startWebhookServer>>;

export const signatureOf = (url: string, fields: Fields, token = authToken): string =>
  twilio.getExpectedTwilioSignature(token, url, fields as Record<string, string>);

export type Post = {
  readonly path?: string;
  readonly fields?: Fields;
  readonly body?: string | Uint8Array;
  readonly signature?: string | null;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
};

/** Posts as Twilio does; every part can be spoiled. */
export function post(server: WebhookServer, request: Post = {}): Promise<Response> {
  const { path = '/webhooks/twilio/sms', fields = inboundFields(), method = 'POST' } = request;
  const url = server.publicUrl + path;
  const signature =
    request.signature === undefined ? signatureOf(url, fields, request.token) : request.signature;
  return fetch(url, {
    method,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      ...(signature === null ? {} : { 'x-twilio-signature': signature }),
      ...request.headers,
    },
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: request.body ?? stringify(fields) }),
  });
}
