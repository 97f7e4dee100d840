/* Every sentence of making an event final, by the id of the prompt. */
import { nameOfEvent } from './event-target.ts';
import { type Context, toldBy } from './finalize.model.ts';
import type { Prompt } from './kit.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

export const copy = {
  ask_event: ({ offered }: Context): Prompt => ({
    text: 'Which event is settled?',
    choices: [
      ...(offered.length === 0 ? [] : [{ label: 'An event', event: 'organizer.chose_event' }]),
      cancel,
    ],
  }),
  ask_confirm: ({ event, tally, begunAt }: Context): Prompt => {
    const { yes, no, unknown, pending } = tally ?? { yes: 0, no: 0, unknown: 0, pending: 0 };
    const name = event === null ? 'The event' : nameOfEvent(event, begunAt);
    const told = people(tally === null ? 0 : toldBy(tally));
    return {
      text: `${name}: ${yes} yes, ${no} no, ${unknown + pending} without a clear answer. Make it final and tell ${told}?`,
      choices: [{ label: 'Make it final', event: 'organizer.confirmed' }, back, cancel],
    };
  },
  ask_again: (): Prompt => ({
    text: 'It is not final yet, and nobody was told: something went wrong on our side. Try once more?',
    choices: [{ label: 'Try again', event: 'organizer.tried_again' }, cancel],
  }),
};
