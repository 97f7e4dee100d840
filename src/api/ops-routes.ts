/* For those who run the server: is it alive, is it ready, how is it doing, what does it offer. */
import { z } from 'zod';
import type { ApiDeps } from './deps.ts';
import type { Route } from './route.ts';

const Ready = z.strictObject({
  ready: z.boolean(),
  database: z.enum(['up', 'away']),
  /** Texts are held, not sent. */
  sms_paused: z.boolean(),
});

export const opsRoutes = (
  { health, metrics }: ApiDeps,
  openapi: () => unknown,
): readonly Route[] => [
  {
    method: 'get',
    path: '/healthz',
    access: 'open',
    summary: 'Is the process alive?',
    answers: { 200: { description: 'It is.', schema: z.strictObject({ alive: z.literal(true) }) } },
    handle: (ctx) => {
      ctx.body = { alive: true };
    },
  },
  {
    method: 'get',
    path: '/readyz',
    access: 'open',
    summary: 'Can it serve?',
    answers: {
      200: { description: 'It can.', schema: Ready },
      503: { description: 'The database is away.', schema: Ready },
    },
    handle: async (ctx) => {
      const up = await health.isDatabaseUp();
      ctx.status = up ? 200 : 503;
      if (!up) ctx.set('Retry-After', '1');
      ctx.body = { ready: up, database: up ? 'up' : 'away', sms_paused: health.smsPaused };
    },
  },
  {
    method: 'get',
    path: '/metrics',
    access: 'open',
    summary: 'Metrics for Prometheus',
    answers: { 200: { description: 'Metrics.', contentType: 'text/plain' } },
    handle: async (ctx) => {
      const { type, text } = await metrics.render(health);
      ctx.type = type;
      ctx.body = text;
    },
  },
  {
    method: 'get',
    path: '/openapi.json',
    access: 'open',
    summary: 'This document',
    answers: {
      200: { description: 'OpenAPI 3.1.', schema: z.record(z.string(), z.unknown()) },
    },
    handle: (ctx) => {
      ctx.body = openapi();
    },
  },
];
