/* An edit of an event as a client words it, read into what is stored: the same rules as when it was made. */

import type { Change } from '../../machines/event-change.model.ts';
import {
  readDetails,
  readPlace,
  readTime,
  readTitle,
} from '../../machines/event-creation.answers.ts';
import type { Problem } from '../../machines/kit.ts';

export { LocalTimeField, ZoneField } from '../../machines/when.ts';

export type WantedChange = Change;

/** What is absent stays; null takes it away. `startsAt` is a local time; `timeZone` and `answerBy` need one. */
export type EditBody = {
  readonly title?: string | undefined;
  readonly startsAt?: string | null | undefined;
  readonly timeZone?: string | undefined;
  readonly answerBy?: null | undefined;
  readonly place?: string | null | undefined;
  readonly details?: string | null | undefined;
};

type Kept = { readonly value: unknown } | { readonly problem: Problem };

/** The change that is meant, or what is wrong with it. `homeZone` is that of a time without one. */
export function readEdit(
  { title, startsAt, timeZone, answerBy, place, details }: EditBody,
  { homeZone, at }: { readonly homeZone: string; readonly at: number },
): { readonly change: Change } | { readonly problems: readonly Problem[] } {
  const zone = timeZone === undefined ? {} : { timeZone };
  const read: Readonly<Record<string, Kept | undefined>> = {
    title: title === undefined ? undefined : readTitle({ title }),
    when:
      startsAt === undefined && (timeZone !== undefined || answerBy !== undefined)
        ? { problem: { path: 'startsAt', code: 'missing' } }
        : orGone(startsAt, (local) => readTime({ homeZone }, { startsAt: local, at, ...zone })),
    answerBy: answerBy === undefined ? undefined : { value: null },
    place: orGone(place, (text) => readPlace({ place: text })),
    details: orGone(details, (text) => readDetails({ details: text })),
  };
  const entries = Object.entries(read).flatMap(([field, kept]) =>
    kept === undefined ? [] : [[field, kept] as const],
  );
  const problems = entries.flatMap(([, kept]) => ('problem' in kept ? [kept.problem] : []));
  if (problems.length > 0) return { problems };
  const values = entries.flatMap(([field, kept]) => ('value' in kept ? [[field, kept.value]] : []));
  return { change: { kind: 'edit', ...Object.fromEntries(values) } };
}

const orGone = (
  given: string | null | undefined,
  read: (text: string) => Kept,
): Kept | undefined => {
  if (given === undefined) return undefined;
  return given === null ? { value: null } : read(given);
};
