/*
 * Sending that stands still because the carrier says that it takes nothing from us: wrong credentials, a
 * number that is not registered. What is to be sent waits meanwhile, and after ten minutes one text tries
 * for all. Of this process: another one learns it by its own try.
 */

const STILL_MS = 600_000;
/** So long the one that tries is waited for before another does. */
const PROBE_MS = 60_000;

export type Standstill = {
  readonly isOn: () => boolean;
  /** Whether this one may be sent now: the last question before it is. */
  readonly mayTry: () => boolean;
  /** Begins it, or makes it last longer; true where it begins. */
  readonly begin: () => boolean;
  /** The carrier takes something from us. */
  readonly end: () => void;
};

export function createStandstill(deps: {
  /** Epoch ms. */
  readonly now: () => number;
  /** Told when it begins, not when it lasts longer: somebody has to mend it. */
  readonly onBegin: () => void;
}): Standstill {
  let until: number | null = null;
  const isOn = () => until !== null && deps.now() < until;
  return {
    isOn,
    mayTry: () => {
      if (isOn()) return false;
      if (until !== null) until = deps.now() + PROBE_MS;
      return true;
    },
    begin: () => {
      const begins = until === null;
      until = deps.now() + STILL_MS;
      if (begins) deps.onBegin();
      return begins;
    },
    end: () => {
      until = null;
    },
  };
}
