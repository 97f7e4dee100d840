/* The HTTP server itself: its limits, what it says before the house is ready, and how it ends. */

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigProblems } from '../config.ts';

/** Slow senders end here (slowloris). */
const REQUEST_TIMEOUT_MS = 10_000;
/** How long requests under way may take when the server ends: longer than any answer. */
const DRAIN_MS = 6_000;
const LOOK_EVERY_MS = 50;

export type HttpServer = {
  readonly url: string;
  /** Who answers from now on; before, everybody is told to come again. */
  readonly serve: (listener: RequestListener) => void;
  /** Takes no more requests; resolves when those under way are answered. */
  readonly close: () => Promise<void>;
};

export async function listen(of: {
  readonly host: string;
  readonly port: number;
}): Promise<HttpServer> {
  let listener: RequestListener = (_, response) => {
    response.writeHead(503, { 'Retry-After': '1' }).end();
  };
  const limits = {
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: REQUEST_TIMEOUT_MS,
    // Node looks for timed-out requests only this often; by itself every 30 s.
    connectionsCheckingInterval: 1_000,
  };
  const server = createServer(limits, (request, response) => listener(request, response));
  server.listen(of.port, of.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ConfigProblems([
      `The server cannot listen on ${of.host}:${of.port} (${(error as { code?: string }).code}): set HOST and PORT to a free address.`,
    ]);
  }
  const { port } = server.address() as AddressInfo;
  const host = of.host.includes(':') ? `[${of.host}]` : of.host;
  return {
    url: `http://${host}:${port}`,
    serve: (next) => {
      listener = next;
    },
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      // A connection whose answer has just left is idle only now.
      const sweep = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearInterval(sweep);
      clearTimeout(cut);
    },
  };
}
