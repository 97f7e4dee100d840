/*
 * A loop that works when nudged and looks by itself every so often: the nudge is a hint, the look is
 * the truth. Ends when asked, after the turn under way.
 */

export type Loop = { readonly nudge: () => void; readonly stop: () => Promise<void> };

export type LoopOptions = {
  /** Does what there is to do; true asks for another turn at once. */
  readonly turn: () => Promise<boolean>;
  readonly everyMs: number;
  /** Told of a turn that threw; the loop goes on after `everyMs`. */
  readonly onError: (error: unknown) => void;
};

export function startLoop({ turn, everyMs, onError }: LoopOptions): Loop {
  let stopped = false;
  let nudged = false;
  let wake: () => void = () => undefined;

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function go(): Promise<void> {
    while (!stopped) {
      nudged = false;
      let again = false;
      try {
        again = await turn();
      } catch (error) {
        onError(error);
        nudged = false;
      }
      if (!again && !nudged && !stopped) await rest();
    }
  }

  const running = go();
  return {
    nudge: () => {
      nudged = true;
      wake();
    },
    stop: () => {
      stopped = true;
      wake();
      return running;
    },
  };
}
