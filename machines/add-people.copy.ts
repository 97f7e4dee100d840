/* Every sentence of adding people to an event or a sync-up, by the id of the prompt. */
import type { Context } from './add-people.model.ts';
import { getText, leftOutText, people } from './closing.ts';
import { nameOfEvent } from './event-target.ts';
import type { Prompt } from './kit.ts';
import { nothingOpen, whichPrompt } from './target.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };
const open = { label: 'Open contacts', event: 'organizer.opened_picker' };

const nameOf = ({ about, begunAt }: Context): string =>
  about === null ? 'this one' : nameOfEvent(about, begunAt);

/** What became of contacts that could not be added; the details are in the view. */
function leftOut({ skipped }: Context): string {
  const count = (...codes: string[]) => skipped.filter(({ code }) => codes.includes(code)).length;
  const noNumber = count('no_phone', 'invalid_phone');
  const known = count('already_member');
  return [
    known === 0 ? '' : ` ${people(known)} ${known === 1 ? 'is' : 'are'} invited already.`,
    noNumber === 0 ? '' : ` ${people(noNumber)} had no number we can text.`,
  ].join('');
}

function nobodyNew({ about, missing, people: wanted, optedOut }: Context): string {
  if (about === null) return nothingOpen(missing, 'to add people to');
  if (optedOut > 0) return `Nobody new is invited${leftOutText({ optedOut })}.`;
  return wanted.length === 0
    ? 'Everybody is invited already.'
    : 'Nobody new is invited: it takes nobody any more.';
}

export const copy = {
  ask_target: (context: Context): Prompt => whichPrompt(context, 'do you want to add people to'),
  ask_people: (context: Context): Prompt => ({
    text:
      context.people.length === 0
        ? `Who else is invited to ${nameOf(context)}?${leftOut(context)} Add people from your contacts, or type a name and a number.`
        : `${people(context.people.length)} so far.${leftOut(context)} Anyone else?`,
    choices: [
      ...(context.people.length === 0
        ? []
        : [{ label: 'Done', event: 'organizer.finished_adding' }]),
      open,
      back,
      cancel,
    ],
  }),
  ask_review: (context: Context): Prompt => ({
    text: `${nameOf(context)}.${leftOut(context)} Invite ${people(context.people.length)} more by text now?`,
    choices: [
      { label: 'Send invites', event: 'organizer.invited_people' },
      { label: 'Add more', event: 'organizer.opened_picker' },
      back,
      cancel,
    ],
  }),
  ask_again: (): Prompt => ({
    text: 'Nobody was invited yet: something went wrong on our side. Try once more?',
    choices: [{ label: 'Try again', event: 'organizer.invited_people' }, cancel],
  }),
  say_added: ({ added, optedOut }: Context): Prompt => ({
    text: getText(added, 'an invite', { optedOut }),
  }),
  say_unchanged: (context: Context): Prompt => ({ text: nobodyNew(context) }),
};
