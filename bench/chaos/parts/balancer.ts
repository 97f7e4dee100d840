/*
 * What stands before two servers in production: one address, connections handed in turn to those that
 * take them. It knows TCP only. Webhooks are signed for one public address, hence it is needed.
 */
import { createServer, connect as dial, type Socket } from 'node:net';

export type Balancer = {
  readonly url: string;
  /** The ports behind it, from now on. */
  readonly behind: (ports: readonly number[]) => void;
  readonly close: () => Promise<void>;
};

export async function openBalancer(): Promise<Balancer> {
  let ports: readonly number[] = [];
  let turn = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const join = (client: Socket, left: number) => {
    const port = ports[turn++ % Math.max(1, ports.length)];
    if (port === undefined || left === 0) return void client.destroy();
    const server = dial(port, '127.0.0.1');
    keep(server);
    // Whoever refuses the connection has said so before a byte was passed on: the next one is tried.
    server.once('error', () =>
      server.connecting || server.pending ? join(client, left - 1) : client.destroy(),
    );
    server.once('connect', () => {
      server.removeAllListeners('error').on('error', () => undefined);
      client.pipe(server).pipe(client);
      client.on('close', () => server.destroy());
      server.on('close', () => client.destroy());
    });
  };
  const server = createServer((client) => {
    keep(client);
    join(client, ports.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    behind: (next) => {
      ports = next;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
