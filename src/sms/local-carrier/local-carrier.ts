/**
 * A small look-alike of Twilio for development, demos and tests: the real client sends to it, and
 * it calls signed webhooks back. In this process or as one of its own (`main.ts`), the control is
 * the same. It knows nothing of Funlet.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { controlRouter } from './control.ts';
import type { Exchange, LocalCarrierDeps } from './exchange.ts';
import { receive } from './inbound.ts';
import type { LocalCarrierControl } from './local-carrier-control.ts';
import { type CarrierMessage, createMemory, stateOf } from './memory.ts';
import { phonesRouter } from './phones-page/router.ts';
import { restRouter } from './rest.ts';
import { faultSchema, inboundSchema, planSchema, type WebhookTarget } from './schemas.ts';
import { nextMessages, waitForMessage } from './wait-for-message.ts';

export type LocalCarrier = LocalCarrierControl & {
  /** Resolves to the base URL; port 0 takes a free one. */
  listen(port?: number, host?: string): Promise<string>;
  /** Hears of each message as it is recorded or changes. */
  onMessage(listener: (message: CarrierMessage) => void): () => void;
  /** Drops connections, stops callbacks. */
  close(): Promise<void>;
};

export function createLocalCarrier(deps: LocalCarrierDeps, target?: WebhookTarget): LocalCarrier {
  const closer = new AbortController();
  const webhook = { target };
  const exchange: Exchange = {
    deps,
    memory: createMemory(),
    webhook: () => webhook.target,
    closing: closer.signal,
  };
  const control = controlOf(exchange, (next) => {
    webhook.target = next;
  });
  const server = serverOf(exchange, control);
  return {
    ...control,
    onMessage: (listener) => listen(exchange, listener),
    async listen(port = 0, host = '127.0.0.1') {
      server.listen(port, host);
      await once(server, 'listening');
      return `http://${host}:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      closer.abort();
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

function controlOf(
  exchange: Exchange,
  setTarget: (target: WebhookTarget) => void,
): LocalCarrierControl {
  const { memory, deps, closing } = exchange;
  const next = (since: number, waitMs = 0) => nextMessages(memory, { since, waitMs, closing });
  return {
    inbound: async (draft) => receive(exchange, inboundSchema.parse(draft)),
    script: async (plan) => memory.trigger.planned({ plan: planSchema.parse(plan) }),
    faults: async (fault) => memory.trigger.faulted({ fault: faultSchema.parse(fault) }),
    setWebhook: async (target) => setTarget(target),
    messages: async () => stateOf(memory).messages,
    messagesSince: next,
    waitForMessage: (predicate, options) =>
      waitForMessage(next, predicate, { ...options, now: deps.now }),
  };
}

function serverOf(exchange: Exchange, control: LocalCarrierControl): Server {
  const app = new Koa();
  app.on('error', () => exchange.deps.log?.('connection_broken', {}));
  app.use(restRouter(exchange).routes()).use(controlRouter(control).routes());
  if (exchange.deps.showsPhones) app.use(phonesRouter(exchange).routes());
  return createServer(app.callback());
}

function listen(exchange: Exchange, listener: (message: CarrierMessage) => void): () => void {
  const { memory } = exchange;
  const seen = { version: stateOf(memory).version };
  const subscription = memory.subscribe(({ context }) => {
    const changed = context.messages.filter((message) => message.version > seen.version);
    seen.version = context.version;
    for (const message of changed) listener(message);
  });
  return () => subscription.unsubscribe();
}
