import type { Scenario } from '../scenario.ts';
import { killServers } from './kill-servers.ts';
import { stopPostgres } from './stop-postgres.ts';
import { twoNodes } from './two-nodes.ts';

/** In the order in which they are played. */
export const scenarios: readonly Scenario[] = [killServers, stopPostgres, twoNodes];
