/* Every sentence of adding people to an event or a sync-up, by the id of the prompt. */
import type { Context } from './add-people.model.ts';
import { nameOfEvent } from './event-target.ts';
import type { Prompt } from './kit.ts';
import { targetChoices, whichOf } from './target.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };
const open = { label: 'Open contacts', event: 'organizer.opened_picker' };

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

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

export const copy = {
  ask_target: ({ offered }: Context): Prompt => ({
    text: `${whichOf(offered)} do you want to add people to?`,
    choices: [...targetChoices(offered), cancel],
  }),
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
};
