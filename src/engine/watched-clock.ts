/*
 * A clock that is heard when it steps back. Order and durations do not depend on it: a commit's time is
 * never before its members' last steps, and no duration is negative. But times were wrong before or are
 * wrong now, and whoever reads the log must know. It compares a process only with itself: that the clocks
 * of two servers differ is no step.
 */

/** Less is what keeps clocks right every day. */
const TOLERANCE_MS = 1_000;

/** The same clock; `onBack` is told of each step back, by how many ms, once. */
export function watchedClock(now: () => number, onBack: (byMs: number) => void): () => number {
  let latest = Number.NEGATIVE_INFINITY;
  return () => {
    const at = now();
    const byMs = latest - at;
    if (byMs <= 0) latest = at;
    if (byMs > TOLERANCE_MS) {
      latest = at;
      onBack(byMs);
    }
    return at;
  };
}
