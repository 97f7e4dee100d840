/* Every sentence of making something final, by the id of the prompt. */
import { isTie, leadersOf } from './ballot.ts';
import { people } from './closing.ts';
import { nameOfEvent } from './event-target.ts';
import type { Context } from './finalize.model.ts';
import type { Prompt } from './kit.ts';
import { nothingOpen, whichPrompt } from './target.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };

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

/** What it is now: the event, or the option that a sync-up has become. */
const finalOf = ({ about, ballot, option, begunAt }: Context): string =>
  ballot[(option ?? 0) - 1]?.text ?? (about === null ? 'the event' : nameOfEvent(about, begunAt));

export const copy = {
  ask_target: (context: Context): Prompt => whichPrompt(context, 'is settled'),
  ask_confirm: ({ about, tally, told, begunAt }: Context): Prompt => {
    const { yes, no, unknown, pending } = tally ?? NOBODY;
    const name = about === null ? 'The event' : nameOfEvent(about, begunAt);
    return {
      text: `${name}: ${yes} yes, ${no} no, ${unknown + pending} without a clear answer. Make it final and tell ${people(told)}?`,
      choices: [{ label: 'Make it final', event: 'organizer.confirmed' }, back, cancel],
    };
  },
  ask_option: (context: Context): Prompt => {
    const { no, unknown, pending } = context.tally ?? NOBODY;
    const others = `${no} for none of them, ${unknown + pending} without a clear answer`;
    return {
      text: `${context.about?.title ?? 'The sync-up'}. ${counted(context)}; ${others}. ${leading(context)} Which one is it? ${people(context.told)} will be told.`,
      choices: [{ label: 'This one', event: 'organizer.chose_option' }, back, cancel],
    };
  },
  ask_again: (): Prompt => ({
    text: 'It is not final yet, and nobody was told: something went wrong on our side. Try once more?',
    choices: [{ label: 'Try again', event: 'organizer.tried_again' }, cancel],
  }),
  say_finalized: (context: Context): Prompt => {
    const told = context.notify ? context.told : 0;
    const heard =
      told === 0 ? 'Nobody is told' : `${people(told)} ${told === 1 ? 'is' : 'are'} told`;
    return { text: `It is final: ${finalOf(context)}. ${heard}.` };
  },
  say_unchanged: ({ about, missing, finalized }: Context): Prompt => ({
    text: finalized
      ? 'It was final already, so nobody is told again.'
      : about === null
        ? nothingOpen(missing, 'to settle')
        : 'It is final or over by now: nothing has changed.',
  }),
};
