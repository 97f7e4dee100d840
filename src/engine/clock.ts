/*
 * Wakes the instances whose timers are due. Any node may wake any instance; `seq` makes a double wake
 * harmless, the claim makes it rare.
 */
import { claimDueInstances } from '../store/timers.ts';
import type { Core } from './core.ts';
import { type Loop, startLoop } from './loop.ts';
import { recordThrow, type ThrowDeps } from './parking.ts';
import { wake } from './timers.ts';

export type ClockDeps = ThrowDeps & {
  readonly core: Core;
  readonly onError: (error: unknown) => void;
};

/** How long a claimed instance is left to its claimer. */
const CLAIM_MS = 10_000;
const EVERY_MS = 100;
const LIMIT = 256;

export const startClock = (deps: ClockDeps): Loop =>
  startLoop({
    everyMs: EVERY_MS,
    onError: deps.onError,
    turn: async () => {
      const { core } = deps;
      const now = core.now();
      const claimed = await claimDueInstances(core.sql, {
        now,
        againAt: now + CLAIM_MS,
        limit: LIMIT,
      });
      await Promise.all(
        claimed
          .filter(({ isDue }) => isDue)
          .map(async (key) => {
            try {
              await wake(core, key);
            } catch (error) {
              await recordThrow(deps, { target: key, error, doing: 'timer' });
            }
          }),
      );
      return claimed.length > 0;
    },
  });
