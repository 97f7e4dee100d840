/* Every sentence of crew creation, by the id of the prompt. */
import { people } from './closing.ts';
import type { Context } from './crew-creation.model.ts';
import type { Prompt } from './kit.ts';

/** What became of contacts that could not be added; the details are in the view. */
const leftOut = ({ skipped }: Context): string => {
  const noNumber = skipped.filter(({ code }) => code === 'no_phone' || code === 'invalid_phone');
  return noNumber.length === 0 ? '' : ` ${people(noNumber.length)} had no number we can text.`;
};

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };

export const copy = {
  ask_name: (): Prompt => ({ text: 'What do you call this crew?', choices: [cancel] }),
  ask_people: (context: Context): Prompt =>
    context.people.length === 0
      ? {
          text: `Who is in ${context.name}?${leftOut(context)} Add people from your contacts, or type a name and a number.`,
          choices: [
            { label: 'Open contacts', event: 'organizer.opened_picker' },
            { label: 'Back', event: 'organizer.went_back' },
            cancel,
          ],
        }
      : {
          text: `${context.name} has ${people(context.people.length)} so far. Anyone else?`,
          choices: [
            { label: 'Done', event: 'organizer.finished_adding' },
            { label: 'Open contacts', event: 'organizer.opened_picker' },
            { label: 'Back', event: 'organizer.went_back' },
            cancel,
          ],
        },
  ask_review: (context: Context): Prompt => ({
    text: `${context.name}, ${people(context.people.length)}.${leftOut(context)} Save this crew?`,
    choices: [
      { label: 'Save', event: 'organizer.saved_crew' },
      { label: 'Change the name', event: 'organizer.named_crew' },
      { label: 'Add more', event: 'organizer.opened_picker' },
      { label: 'Back', event: 'organizer.went_back' },
      cancel,
    ],
  }),
  ask_again: (context: Context): Prompt => ({
    text: `${context.name} is not saved yet: something went wrong on our side. Try once more?`,
    choices: [{ label: 'Try again', event: 'organizer.saved_crew' }, cancel],
  }),
  say_saved: (context: Context): Prompt => ({
    text: `${context.name} is saved, with ${people(context.people.length)}.`,
  }),
};
