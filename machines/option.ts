/* What is voted on in a sync-up, as it is read: shared by the flow that lists options and the texts that number them. */
import { whenText } from './when.ts';

/** Words, an instant (epoch ms) in the zone it is read in, or both. */
type Option = {
  readonly label: string | null;
  readonly startsAt: number | null;
  readonly timeZone: string | null;
};

/** Its time as it is read; null where it has none. */
export const optionTime = ({ startsAt, timeZone }: Option, now: number): string | null =>
  startsAt === null || timeZone === null ? null : whenText(startsAt, timeZone, now);

/** "Beach, Fri Jun 5, 7 PM". */
export const optionText = (option: Option, now: number): string =>
  [option.label, optionTime(option, now)].filter((part) => part !== null).join(', ');
