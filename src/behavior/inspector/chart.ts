import type { Fact, RootMeta, Subject } from '../meta.ts';
import type { EventType } from '../vocabulary.ts';

/** What the inspector knows of a chart: what it is, what its facts say, and what they are about. */
export type InspectedChart = {
  readonly id: string;
  readonly version: string;
  readonly root: RootMeta;
  readonly describe: Readonly<Partial<Record<EventType, (fact: Fact<never>) => unknown>>>;
  readonly subject: (context: never) => Subject;
};
