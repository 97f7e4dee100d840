/*
 * What the carrier's codes say about our own registration, told to whoever can mend it: a text that was
 * filtered is one of many or a sign, a number that is not known there is always one. It stops nothing and
 * knows no text.
 */
import { type Alarm, alarmOf } from './carrier/codes.ts';

const MINUTE_MS = 60_000;
/** So often at most is somebody told of the same. */
const TELL_EVERY_MS = 60 * MINUTE_MS;
const SHARE_OF_MS = 24 * 60 * MINUTE_MS;
/** More of our texts than this are filtered only where something is wrong with what we send, or as whom. */
const MOST_FILTERED = 0.02;

/** Of the texts that the carrier took: all, and those that it then filtered. */
export type FilteredCount = { readonly taken: number; readonly filtered: number };

export type AlarmsDeps = {
  /** Of the texts since then (epoch ms), as if this one were filtered already. */
  readonly countFiltered: (textId: string, since: number) => Promise<FilteredCount>;
  readonly onAlarm: (alarm: Alarm) => void;
  /** The count could not be had; the next such text asks again. */
  readonly onFailure: (error: unknown) => void;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Hears of each text that was lost, with its code. Resolves when that has been looked at; never rejects. */
export function createAlarms(deps: AlarmsDeps): (textId: string, code: number) => Promise<void> {
  const toldAt = new Map<Alarm, number>();
  const isDue = (alarm: Alarm) =>
    deps.now() - (toldAt.get(alarm) ?? -TELL_EVERY_MS) >= TELL_EVERY_MS;
  return async (textId, code) => {
    const alarm = alarmOf(code);
    if (alarm === undefined || !isDue(alarm)) return;
    try {
      if (alarm === 'texts_filtered' && !(await areTooMany(deps, textId))) return;
    } catch (error) {
      return deps.onFailure(error);
    }
    if (!isDue(alarm)) return;
    toldAt.set(alarm, deps.now());
    deps.onAlarm(alarm);
  };
}

async function areTooMany({ countFiltered, now }: AlarmsDeps, textId: string): Promise<boolean> {
  const { taken, filtered } = await countFiltered(textId, now() - SHARE_OF_MS);
  return filtered > taken * MOST_FILTERED;
}
