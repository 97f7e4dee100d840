/** What was written from and to each phone. */
import type { CarrierMessage } from '../memory.ts';

export type Conversation = {
  /** Whose phone it is: not ours. */
  readonly phone: string;
  /** The number of ours that the last text came from or went to: an answer goes there. */
  readonly ourNumber: string;
  /** In the order of recording. */
  readonly texts: readonly CarrierMessage[];
  /** Grows with every text of any phone; how a text is delivered does not change it. */
  readonly latest: number;
};

export const phoneOf = ({ direction, from, to }: CarrierMessage): string =>
  direction === 'inbound' ? from : to;

/** The phone with the newest text first. */
export function conversationsOf(messages: readonly CarrierMessage[]): readonly Conversation[] {
  const byPhone = new Map<string, { latest: number; readonly texts: CarrierMessage[] }>();
  for (const [index, message] of messages.entries()) {
    const phone = phoneOf(message);
    const known = byPhone.get(phone) ?? { latest: index, texts: [] };
    known.latest = index;
    known.texts.push(message);
    byPhone.set(phone, known);
  }
  return [...byPhone]
    .map(([phone, { latest, texts }]) => ({
      ...{ phone, latest, texts },
      ourNumber: ourNumberOf(texts.at(-1)),
    }))
    .sort((a, b) => b.latest - a.latest);
}

const ourNumberOf = (last: CarrierMessage | undefined): string =>
  (last?.direction === 'inbound' ? last.to : last?.from) ?? '';
