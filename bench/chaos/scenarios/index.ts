import type { Scenario } from '../scenario.ts';
import { killServers } from './kill-servers.ts';

/** In the order in which they are played. */
export const scenarios: readonly Scenario[] = [killServers];
