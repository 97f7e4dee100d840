/*
 * Sending that stands still because the carrier says that it takes nothing from us: wrong credentials, a
 * number that is not registered. What is to be sent waits meanwhile, and every ten minutes something is
 * tried again. Of this process: another one learns it by its own try.
 */

const STILL_MS = 600_000;

export type Standstill = {
  readonly isOn: () => boolean;
  /** Begins it, or makes it last longer. */
  readonly begin: () => void;
};

export function createStandstill(deps: {
  /** Epoch ms. */
  readonly now: () => number;
  /** Told when it begins, not when it lasts longer: somebody has to mend it. */
  readonly onBegin: () => void;
}): Standstill {
  let until = Number.NEGATIVE_INFINITY;
  const isOn = () => deps.now() < until;
  return {
    isOn,
    begin: () => {
      if (!isOn()) deps.onBegin();
      until = deps.now() + STILL_MS;
    },
  };
}
