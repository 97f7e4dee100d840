/*
 * The HTTP application: what every request goes through, and the table of routes. Webhooks stand
 * outside of it all, since they read their own bodies and answer in their own way.
 */
import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { admission } from './admission.ts';
import type { Scope } from './auth.ts';
import { cors } from './cors.ts';
import type { ApiDeps } from './deps.ts';
import { eventRoutes } from './event-routes.ts';
import { flowRoutes } from './flow-routes.ts';
import { funnel } from './funnel.ts';
import { instanceRoutes } from './instance-routes.ts';
import { logRoutes } from './log-routes.ts';
import { machineRoutes } from './machine-routes.ts';
import { openApiOf } from './openapi.ts';
import { opsRoutes } from './ops-routes.ts';
import { Refusal } from './problems.ts';
import { pushRoutes } from './push-routes.ts';
import { readBytes } from './read-json.ts';
import { readRoutes } from './read-routes.ts';
import type { Asked, Route } from './route.ts';
import { sessionRoutes } from './session-routes.ts';
import { createStreams } from './streams.ts';
import { syncupRoutes } from './syncup-routes.ts';

export function createApp(given: Omit<ApiDeps, 'streams'>): Koa {
  const deps: ApiDeps = { ...given, streams: createStreams() };
  const app = new Koa();
  const routes = routesOf(deps);
  // Koa tells here what the funnel could not answer: a connection that broke under the answer.
  app.on('error', (error) => {
    if (!isBroken(error)) deps.report({ correlationId: deps.id(), route: 'answering', error });
  });
  app.use(admission({ id: deps.id, busy: deps.engine.busy }));
  app.use(deps.webhooks);
  app.use(cors(deps.corsOrigins));
  app.use(funnel(deps));
  const router = new Router();
  for (const route of routes) {
    router[route.method](route.path.replace(/\{(\w+)\}/g, ':$1'), serve(deps, route));
  }
  app.use(router.routes() as unknown as Middleware);
  app.use(router.allowedMethods() as unknown as Middleware);
  return app;
}

/** Every route there is, but the webhooks'. */
export function routesOf(deps: ApiDeps): readonly Route[] {
  const openapi = () => openApiOf({ routes, charts: deps.charts.live, version: deps.version });
  const routes: readonly Route[] = [
    ...machineRoutes(deps),
    ...instanceRoutes(deps),
    ...sessionRoutes(deps),
    ...pushRoutes(deps),
    ...readRoutes(deps),
    ...flowRoutes(deps),
    ...syncupRoutes(deps),
    ...eventRoutes(deps),
    ...logRoutes(deps),
    ...opsRoutes(deps, openapi),
  ];
  return routes;
}

function serve(deps: ApiDeps, route: Route) {
  const read = readBytes();
  return async (ctx: Asked): Promise<void> => {
    ctx.state.route = route.path;
    if (route.access !== 'open') await admit(deps, ctx, route);
    await read(ctx as unknown as Koa.Context, async () => undefined);
    await route.handle(ctx);
  };
}

const LOG_SCOPES: readonly Scope[] = ['behavior:read', 'behavior:read_all'];

async function admit(deps: ApiDeps, ctx: Asked, route: Route): Promise<void> {
  const [, token] = /^Bearer +(\S+)$/i.exec(ctx.get('Authorization')) ?? [];
  const caller = token === undefined ? 'rejected' : await deps.authenticate(token);
  if (caller === 'rejected') {
    throw new Refusal(
      'unauthorized',
      'This request bears no token that is valid now: send Authorization: Bearer <JWT>.',
      { headers: { 'WWW-Authenticate': 'Bearer' } },
    );
  }
  if (caller === 'unavailable') {
    throw new Refusal('unavailable', 'Tokens cannot be checked just now: send the request again.', {
      headers: { 'Retry-After': '1' },
    });
  }
  if (route.access === 'log_reader' && !LOG_SCOPES.some((scope) => caller.scopes.has(scope))) {
    throw new Refusal(
      'forbidden',
      `This token may not read the log: it needs one of the scopes ${LOG_SCOPES.join(', ')}.`,
    );
  }
  ctx.state.caller = caller;
}

/** The caller's connection, or what came over it (HPE is Node's HTTP parser): no trouble of ours. */
const isBroken = (error: unknown): boolean =>
  /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|HPE_.*)$/.test(
    String((error as { code?: unknown }).code),
  );
