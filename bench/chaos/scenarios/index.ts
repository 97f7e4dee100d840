import type { Scenario } from '../scenario.ts';
import { clock } from './clock.ts';
import { freeze } from './freeze.ts';
import { killServers } from './kill-servers.ts';
import { logFaults } from './log-faults.ts';
import { overload } from './overload.ts';
import { badLine } from './proxy.ts';
import { stopPostgres } from './stop-postgres.ts';
import { twoNodes } from './two-nodes.ts';
import { webhookFuzz } from './webhook-fuzz.ts';
import { webhooks } from './webhooks.ts';

/** In the order in which they are played. */
export const scenarios: readonly Scenario[] = [
  killServers,
  stopPostgres,
  badLine,
  freeze,
  clock,
  logFaults,
  webhooks,
  webhookFuzz,
  overload,
  twoNodes,
];
