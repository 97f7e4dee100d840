/* Every sentence of reminding people of an event or a sync-up, by the id of the prompt. */
import { getText, leftOutText, people } from './closing.ts';
import { nameOfEvent } from './event-target.ts';
import type { Prompt } from './kit.ts';
import { type Context, type Invited, isMeant, readyFor } from './reminder.model.ts';
import { nothingOpen, whichPrompt } from './target.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };

/** Those who were meant and get none, as they stood when it was last looked, or when reminders were sent. */
function leftOut(context: Context) {
  const { invited, audience, phones, tries } = context;
  const meant = invited.filter((person) =>
    audience === null
      ? person.reply === 'none' || person.reply === 'unknown'
      : isMeant(person, { audience, phones }),
  );
  const count = (standing: Invited['standing']) =>
    meant.filter((person) => person.standing === standing).length;
  return {
    optedOut: tries > 0 ? context.suppressedOptOut : count('opted_out'),
    recent: tries > 0 ? context.suppressedRecent : count('recent'),
    unreached: count('unreached'),
  };
}

function nobody(context: Context): string {
  const { about, missing, invited, tries } = context;
  if (about === null) return nothingOpen(missing, 'to remind people of');
  const why = leftOutText(leftOut(context));
  if (why !== '') return `Nobody gets a reminder${why}.`;
  // By the time it was to be sent, it may have ended.
  return tries > 0 || invited.length === 0
    ? 'Nobody is left to remind.'
    : 'Nobody gets a reminder: everybody has answered.';
}

export const copy = {
  ask_target: (context: Context): Prompt => whichPrompt(context, 'do you want to remind people of'),
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
  say_reminded: (context: Context): Prompt => ({
    text: getText(context.recipients, 'a reminder', leftOut(context)),
  }),
  say_unchanged: (context: Context): Prompt => ({ text: nobody(context) }),
};
