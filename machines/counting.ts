/*
 * What a `state_snapshot` counts of a chart's context. How many there are of something, and never what
 * it is called or whose number it has.
 */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import type { Reply } from '../src/behavior/vocabulary.ts';
import type { Fact } from './kit.ts';

export type Counts = NonNullable<DescribedMetadata<'state_snapshot'>['counts']>;

/** The describe function of a chart that counts so. */
export const counting =
  <Context>(count: (context: Context) => Counts) =>
  ({ after }: Fact<Context>): DescribedMetadata<'state_snapshot'> => ({ counts: count(after) });

/** How people have answered; who was unclear and has answered nothing else is `unknown`. */
export function countReplies(replies: readonly Reply[]) {
  const of = (wanted: Reply) => replies.filter((reply) => reply === wanted).length;
  return {
    ...{ yes: of('yes'), no: of('no'), unknown: of('unknown'), pending: of('none') },
    votes_total: of('vote'),
  } satisfies Counts;
}
