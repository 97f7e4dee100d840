import type { Scenario } from '../scenario.ts';
import { clock } from './clock.ts';
import { freeze } from './freeze.ts';
import { killServers } from './kill-servers.ts';
import { logCode } from './log-code-faults.ts';
import { logAway, logTables } from './log-faults.ts';
import { overload } from './overload.ts';
import { badLine } from './proxy.ts';
import { stopPostgres } from './stop-postgres.ts';
import { twoNodes } from './two-nodes.ts';
import { webhookFuzz } from './webhook-fuzz.ts';
import { webhooks } from './webhooks.ts';

/** In the order in which they are played: the longest first, so that in short form none is left alone in the end. */
export const scenarios: readonly Scenario[] = [
  logTables,
  killServers,
  twoNodes,
  logCode,
  badLine,
  freeze,
  webhooks,
  clock,
  logAway,
  webhookFuzz,
  stopPostgres,
  overload,
];
