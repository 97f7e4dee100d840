/* The least that Koa can answer a request with: one route of its router, nothing behind it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';

const router = new Router();
router.post('/v1/instances/:id/events', (ctx) => {
  ctx.status = 204;
});
const app = new Koa();
app.use(router.routes());

const server = createServer(app.callback());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Empty Koa listens on http://127.0.0.1:${port}`);
});
process.on('SIGTERM', () => process.exit(0));
