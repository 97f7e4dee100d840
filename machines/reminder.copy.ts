/* Every sentence of reminding people of an event or a sync-up, by the id of the prompt. */
import { nameOfEvent } from './event-target.ts';
import type { Prompt } from './kit.ts';
import { type Context, readyFor } from './reminder.model.ts';
import { targetChoices, whichOf } from './target.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

export const copy = {
  ask_target: ({ offered }: Context): Prompt => ({
    text: `${whichOf(offered)} do you want to remind people of?`,
    choices: [...targetChoices(offered), cancel],
  }),
  ask_audience: ({ about, begunAt, invited }: Context): Prompt => {
    const silent = readyFor(invited, { audience: 'non_responders' });
    const unclear = readyFor(invited, { audience: 'unknown_replies' });
    const name = about === null ? 'This one' : nameOfEvent(about, begunAt);
    return {
      text: `${name}: ${people(silent)} without an answer, ${unclear} with an unclear one. Who gets a reminder?`,
      choices: [
        ...(silent === 0 ? [] : [{ label: 'Who has not answered', event: 'organizer.skipped' }]),
        { label: 'Others', event: 'organizer.chose_audience' },
        back,
        cancel,
      ],
    };
  },
  ask_again: (): Prompt => ({
    text: 'Nobody was reminded yet: something went wrong on our side. Try once more?',
    choices: [{ label: 'Try again', event: 'organizer.tried_again' }, cancel],
  }),
};
