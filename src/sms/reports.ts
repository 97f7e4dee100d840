/* What the carrier says of a text, as the text hears it: from a callback, or found in the carrier's list. */
import { type DeliveryStatus, LOST } from '../../machines/text.delivery.ts';
import { meaningOfLost } from './carrier/codes.ts';

/** `providerCode` is the carrier's error code, null where it has none. */
export function reportOf(status: DeliveryStatus, providerCode: number | null) {
  const meaning = meaningOfLost(providerCode);
  const optOut = meaning === 'opt_out';
  return { status, providerCode, optOut, passing: meaning === 'passing' };
}

/** By this code the carrier takes nothing from us until somebody has mended our registration. */
export const stopsAll = (providerCode: number | null): boolean =>
  meaningOfLost(providerCode) === 'stop';

/** A text of ours was lost, by this code: whoever watches our registration hears so, however we learned it. */
export type OnLost = (textId: string, code: number) => void;

export const isLoss = (status: DeliveryStatus): boolean => LOST.includes(status);
