/*
 * A database that goes away for a moment is not the caller's concern: what can be repeated safely is
 * repeated, for less time than a caller would wait. Safe is what has a key: if the commit went through
 * after all, the repetition finds it.
 */
import { isDatabaseAway } from './away.ts';

/** Less than the 5 s within which every request is answered. */
const PATIENCE_MS = 3_500;
const PAUSE_MS = 50;

/** Does `attempt` until it settles, or rejects with its last error when patience ends. */
export async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() - begun > PATIENCE_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
