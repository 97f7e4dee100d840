/*
 * Load over HTTP, as a process of its own. Requests are ready-made bytes written to plain sockets, and
 * of an answer only what is needed is read: with node:http's client this process would need more of the
 * two cores than an empty server, and the servers would look alike.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { end } from './processes.ts';
import { quantile } from './stats.ts';

export type Plan = {
  readonly url: string;
  readonly durationMs: number;
  /** Absent: until the time is over. Else each connection goes through its requests once. */
  readonly once?: true;
  /** The requests of each connection, sent one after the other, round and round, each circle to its end. */
  readonly connections: readonly (readonly string[])[];
};

export type Loaded = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly count: number;
};

export type HttpLoad = {
  readonly run: (plan: Plan) => Promise<Loaded>;
  readonly stop: () => Promise<void>;
};

/** Stands in a request for a new uuid each time it is sent; both have 36 characters. */
export const NEW_UUID = '########-####-####-####-############';

export type Request = {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A POST as it goes over the wire. */
export function requestBytes(host: string, { path, headers = {}, body }: Request): string {
  const all = {
    Host: host,
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${path} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

export function startHttpLoad(): HttpLoad {
  const child = fork(fileURLToPath(import.meta.url), ['load'], { execArgv: ['--import', 'tsx'] });
  return {
    run: async (plan) => {
      child.send(plan);
      const [answer] = (await once(child, 'message')) as [Loaded | { error: string }];
      if ('error' in answer) throw new Error(answer.error);
      return answer;
    },
    stop: () => end(child),
  };
}

async function carryOut({ url, durationMs, connections, once: single }: Plan): Promise<Loaded> {
  const { hostname, port } = new URL(url);
  const times: number[] = [];
  const sockets = await Promise.all(
    connections.map(async () => {
      const socket = connect(Number(port), hostname).setNoDelay();
      await once(socket, 'connect');
      return socket;
    }),
  );
  const begun = performance.now();
  await Promise.all(
    sockets.map(async (socket, n) => {
      const exchange = exchangeOver(socket);
      const requests = connections[n] ?? [];
      do {
        for (const request of requests) {
          const at = performance.now();
          await exchange(
            request.includes(NEW_UUID) ? request.replace(NEW_UUID, randomUUID()) : request,
          );
          times.push(performance.now() - at);
        }
      } while (single === undefined && performance.now() - begun < durationMs);
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  for (const socket of sockets) socket.destroy();
  return {
    perSecond: times.length / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    count: times.length,
  };
}

/** One request at a time over one connection; any answer but a 2xx is an error. */
function exchangeOver(socket: Socket): (request: string) => Promise<void> {
  let received = '';
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const fail = (error: Error) => settle?.reject(error);
  socket.on('error', fail).on('close', () => fail(new Error('The server closed the connection.')));
  // Latin-1: one character a byte, so that lengths are those of the header.
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk;
    const head = received.indexOf('\r\n\r\n');
    if (head === -1) return;
    const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, head)) ?? [];
    if (received.length < head + 4 + Number(length)) return;
    const status = received.slice(9, 12);
    const answer = received;
    received = '';
    if (status.startsWith('2')) settle?.resolve();
    else fail(new Error(`The server answered ${answer.slice(0, 600)}`));
  });
  return (request) =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
      socket.write(request);
    });
}

if (process.argv[2] === 'load' && process.send !== undefined) {
  process.on('message', (plan: Plan) => {
    carryOut(plan).then(
      (loaded) => process.send?.(loaded),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
}
