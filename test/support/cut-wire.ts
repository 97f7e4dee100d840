/* A wire to the database that a test can cut: a TCP relay that drops its connections, or lets them hang. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Wire = {
  /** The database's url, by way of the wire. */
  readonly url: string;
  /** `refuse`: nobody listens. `hang`: bytes are taken and go nowhere. */
  readonly cut: (how: 'refuse' | 'hang') => Promise<void>;
  readonly mend: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function cutWire(databaseUrl: string): Promise<Wire> {
  const url = new URL(databaseUrl);
  const target = { host: url.hostname, port: Number(url.port) };
  const sockets = new Set<Socket>();
  let hangs = false;
  const server = createServer((near) => {
    const far = connect(target);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => void (hangs || far.write(bytes)));
    far.on('data', (bytes) => void (hangs || near.write(bytes)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const end = async () => {
    if (!server.listening) return;
    server.close();
    drop();
    await once(server, 'close');
  };
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cut: async (how) => {
      hangs = how === 'hang';
      if (how === 'refuse') await end();
    },
    mend: async () => {
      hangs = false;
      drop();
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: end,
  };
}
