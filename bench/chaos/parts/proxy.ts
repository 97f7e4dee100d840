/*
 * A TCP proxy between a server and PostgreSQL that knows statements apart, and does to them what networks
 * and machines do: resets before and after, stalls, lines that are open on one side only, errors.
 */
import { createServer, connect as dial, type Socket } from 'node:net';
import { createFramer, type Group, refusal, simpleQuery } from './wire.ts';

export type Blow =
  /** The line is reset before PostgreSQL has the statement, or when its answer is on the way. */
  | { readonly kind: 'reset before' | 'reset after' }
  /** Nothing passes for a while, in either direction, with the statement or without it. */
  | { readonly kind: 'stall before' | 'stall after'; readonly ms: number }
  /** PostgreSQL has the statement; nothing ever comes back, and nobody says goodbye. */
  | { readonly kind: 'half-open' }
  /** PostgreSQL refuses the statement. */
  | { readonly kind: 'error'; readonly sqlState: string };

/** One connection, as whoever decides on blows sees it. */
export type Line = { readonly id: number };

export type PostgresProxy = {
  /** The url by which servers come through here. */
  readonly through: (url: string) => string;
  /** Asked of every group of messages; what it gives is done to it. */
  decide: (line: Line, group: Group) => Blow | undefined;
  /** Refuses all connections and ends those there are, until `reopen`. */
  readonly shut: () => void;
  readonly reopen: () => void;
  readonly close: () => Promise<void>;
};

export async function openProxy(): Promise<PostgresProxy> {
  const sockets = new Set<Socket>();
  let target = 0;
  let lines = 0;
  let isShut = false;
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (isShut) return void client.resetAndDestroy();
    lines += 1;
    const backend = dial(target, '127.0.0.1');
    for (const socket of [client, backend]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    const line = { id: lines };
    carry({ client, backend, decide: (group) => proxy.decide(line, group) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const proxy: PostgresProxy = {
    through: (url) => {
      target = Number(new URL(url).port);
      return Object.assign(new URL(url), { port: String(port) }).href;
    },
    decide: () => undefined,
    shut: () => {
      isShut = true;
      cutAll();
    },
    reopen: () => {
      isShut = false;
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

type Ends = {
  readonly client: Socket;
  readonly backend: Socket;
  readonly decide: (group: Group) => Blow | undefined;
};

function carry({ client, backend, decide }: Ends): void {
  const framer = createFramer();
  let isDeaf = false;
  let isStalled = false;
  let cutsOnAnswer = false;
  let swallowsSync = false;
  const heldForBackend: Buffer[] = [];
  const heldForClient: Buffer[] = [];
  const reset = () => {
    client.resetAndDestroy();
    backend.destroy();
  };
  const stall = (ms: number) => {
    isStalled = true;
    setTimeout(() => {
      isStalled = false;
      for (const bytes of heldForBackend.splice(0)) backend.write(bytes);
      for (const bytes of heldForClient.splice(0)) client.write(bytes);
    }, ms).unref();
  };
  const toBackend = (bytes: Buffer) => {
    if (isStalled) heldForBackend.push(bytes);
    else if (!isDeaf) backend.write(bytes);
  };
  const refuse = (group: Group, sqlState: string) => {
    // A commit that is refused has ended its transaction all the same.
    const before = /^commit/i.test(group.sql.trim()) ? 'rollback; ' : '';
    swallowsSync = group.isFlushed;
    toBackend(simpleQuery(before + refusal(sqlState)));
  };
  const strike = (group: Group, blow: Blow): void => {
    if (blow.kind === 'stall before') stall(blow.ms);
    if (blow.kind === 'error') refuse(group, blow.sqlState);
    else if (blow.kind === 'reset before') reset();
    else toBackend(group.bytes);
    if (blow.kind === 'stall after') stall(blow.ms);
    if (blow.kind === 'reset after') cutsOnAnswer = true;
    if (blow.kind === 'half-open') isDeaf = true;
  };
  client.on('data', (bytes) => {
    for (const group of framer.take(bytes)) {
      if (swallowsSync && group.isSync) {
        swallowsSync = false;
        continue;
      }
      const blow = isDeaf || isStalled ? undefined : decide(group);
      if (blow === undefined) toBackend(group.bytes);
      else strike(group, blow);
    }
  });
  backend.on('data', (bytes) => {
    if (cutsOnAnswer) reset();
    else if (isStalled) heldForClient.push(bytes);
    else if (!isDeaf) client.write(bytes);
  });
  // A line that is half open stays so: neither side hears of the other's end.
  client.on('end', () => isDeaf || backend.end());
  backend.on('end', () => isDeaf || client.end());
  client.on('close', () => isDeaf || isStalled || backend.destroy());
  backend.on('close', () => isDeaf || client.destroy());
}
