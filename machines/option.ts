/* What is voted on in a sync-up: how an option is read, and until when votes for it count. */
import { days } from './kit.ts';
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

/** Epoch ms after which none of the options could happen any more; null where one has no time. */
export function lastTimeOf(options: readonly Option[]): number | null {
  const times = options.flatMap(({ startsAt }) => startsAt ?? []);
  return times.length === 0 || times.length < options.length ? null : Math.max(...times);
}

/** How long votes count where nothing else says. */
export const OPEN_MS = days(14);

/** Epoch ms after which no vote counts any more. */
export const closesAtOf = (syncup: {
  readonly deadlineAt: number | null;
  readonly options: readonly Option[];
  readonly createdAt: number;
}): number => syncup.deadlineAt ?? lastTimeOf(syncup.options) ?? syncup.createdAt + OPEN_MS;
