/* Every sentence of crew update, by the id of the prompt. */
import { people } from './closing.ts';
import { type Context, changesOf, hasChanges, peopleOf } from './crew-update.model.ts';
import type { Prompt } from './kit.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };
const open = { label: 'Open contacts', event: 'organizer.opened_picker' };

/** What became of contacts that could not be added; the details are in the view. */
function leftOut({ skipped }: Context): string {
  const count = (...codes: string[]) => skipped.filter(({ code }) => codes.includes(code)).length;
  const noNumber = count('no_phone', 'invalid_phone');
  const known = count('already_member');
  return [
    known === 0 ? '' : ` ${people(known)} ${known === 1 ? 'is' : 'are'} in it already.`,
    noNumber === 0 ? '' : ` ${people(noNumber)} had no number we can text.`,
  ].join('');
}

/** "2 join, 1 leaves": what would be saved. */
function changes(context: Context): string {
  const { added, removed } = changesOf(context);
  const verb = (count: number, one: string) => (count === 1 ? `${one}s` : one);
  return [
    added.length === 0 ? '' : `${added.length} ${verb(added.length, 'join')}`,
    removed.length === 0 ? '' : `${removed.length} ${verb(removed.length, 'leave')}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export const copy = {
  ask_crew: ({ crews, missing }: Context): Prompt => ({
    text: `${missing === null ? '' : 'That crew is not there. '}Which crew do you want to change?`,
    ...(missing === null ? {} : { problems: [{ path: 'crewId', code: 'not_offered' }] }),
    choices: [
      ...(crews.length === 0 ? [] : [{ label: 'A crew', event: 'organizer.chose_crew' }]),
      cancel,
    ],
  }),
  ask_review: (context: Context): Prompt =>
    hasChanges(context)
      ? {
          text: `${context.name}: ${changes(context)}, which makes ${people(peopleOf(context).length)}.${leftOut(context)} Save it?`,
          choices: [
            { label: 'Save', event: 'organizer.saved_crew' },
            { label: 'Add more', event: 'organizer.opened_picker' },
            back,
            cancel,
          ],
        }
      : {
          text: `${context.name} has ${people(context.members.length)}.${leftOut(context)} Add people from your contacts, type a name and a number, or take somebody off.`,
          choices: [
            open,
            { label: 'Leave it as it is', event: 'organizer.saved_crew' },
            back,
            cancel,
          ],
        },
  ask_people: (context: Context): Prompt => ({
    text:
      context.people.length === 0
        ? `Who joins ${context.name}?${leftOut(context)} Add people from your contacts, or type a name and a number.`
        : `${people(context.people.length)} ${context.people.length === 1 ? 'joins' : 'join'} ${context.name} so far. Anyone else?`,
    choices: [
      ...(context.people.length === 0
        ? [{ label: 'Nobody', event: 'organizer.skipped' }]
        : [{ label: 'Done', event: 'organizer.finished_adding' }]),
      open,
      back,
      cancel,
    ],
  }),
  ask_again: ({ name }: Context): Prompt => ({
    text: `${name} is as it was: something went wrong on our side. Try once more?`,
    choices: [{ label: 'Try again', event: 'organizer.saved_crew' }, cancel],
  }),
  say_updated: (context: Context): Prompt => ({
    text: `${context.name} is saved: ${changes(context)}.`,
  }),
  say_unchanged: ({ name }: Context): Prompt => ({
    text: name === '' ? 'There is no crew to change.' : `Nothing has changed in ${name}.`,
  }),
};
