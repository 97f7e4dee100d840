/* Every sentence of making something final, by the id of the prompt. */
import { isTie, leadersOf } from './ballot.ts';
import { nameOfEvent } from './event-target.ts';
import { type Context, toldBy } from './finalize.model.ts';
import type { Prompt } from './kit.ts';
import { targetChoices, whichOf } from './target.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);
const votes = (count: number): string => (count === 1 ? '1 vote' : `${count} votes`);

const NOBODY = { yes: 0, no: 0, unknown: 0, pending: 0, invited: 0 };

/** "1) Fri Jun 5, 7 PM: 2 votes". */
const counted = ({ ballot }: Context): string =>
  ballot.map((choice, n) => `${n + 1}) ${choice.text}: ${votes(choice.votes)}`).join('; ');

function leading({ ballot }: Context): string {
  const counts = ballot.map((choice) => choice.votes);
  const [first, ...others] = leadersOf(counts);
  if (first === undefined) return 'Nobody has voted yet.';
  return isTie(counts)
    ? `It is a tie of ${[first, ...others].join(' and ')}.`
    : `Most are for ${first}.`;
}

export const copy = {
  ask_target: ({ offered }: Context): Prompt => ({
    text: `${whichOf(offered)} is settled?`,
    choices: [...targetChoices(offered), cancel],
  }),
  ask_confirm: ({ about, tally, begunAt }: Context): Prompt => {
    const { yes, no, unknown, pending } = tally ?? NOBODY;
    const name = about === null ? 'The event' : nameOfEvent(about, begunAt);
    const told = people(toldBy(tally ?? NOBODY));
    return {
      text: `${name}: ${yes} yes, ${no} no, ${unknown + pending} without a clear answer. Make it final and tell ${told}?`,
      choices: [{ label: 'Make it final', event: 'organizer.confirmed' }, back, cancel],
    };
  },
  ask_option: (context: Context): Prompt => {
    const { no, unknown, pending } = context.tally ?? NOBODY;
    const others = `${no} for none of them, ${unknown + pending} without a clear answer`;
    return {
      text: `${context.about?.title ?? 'The sync-up'}. ${counted(context)}; ${others}. ${leading(context)} Which one is it? ${people(toldBy(context.tally ?? NOBODY))} will be told.`,
      choices: [{ label: 'This one', event: 'organizer.chose_option' }, back, cancel],
    };
  },
  ask_again: (): Prompt => ({
    text: 'It is not final yet, and nobody was told: something went wrong on our side. Try once more?',
    choices: [{ label: 'Try again', event: 'organizer.tried_again' }, cancel],
  }),
};
