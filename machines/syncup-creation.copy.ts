/* Every sentence of sync-up creation, by the id of the prompt. */
import { getText, people } from './closing.ts';
import type { Prompt } from './kit.ts';
import { optionText } from './option.ts';
import { type Context, inviteesOf, MIN_OPTIONS } from './syncup-creation.model.ts';
import { whenText } from './when.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };
const skip = { label: 'Skip', event: 'organizer.skipped' };

/** "1) Fri Jun 5, 7 PM 2) Beach": as the invitees will read them. */
const numbered = ({ options, begunAt }: Context): string =>
  options.map((option, n) => `${n + 1}) ${optionText(option, begunAt)}`).join(' ');

const rules = ({ voting, deadline, begunAt, voteRules }: Context): string => {
  const until =
    deadline === null ? '' : ` until ${whenText(deadline.at, deadline.timeZone, begunAt)}`;
  const enough = voteRules.quorum === null ? '' : `, or until ${voteRules.quorum} have voted`;
  const early = voteRules.whenAllAnswered ? ', or until everybody has answered' : '';
  const then = voteRules.finalizes ? '; then the winner becomes an event' : '';
  return `${voting === 'multi' ? 'As many as they like' : 'One each'}${until}${enough}${early}${then}`;
};

export const copy = {
  ask_crew: ({ crews }: Context): Prompt => ({
    text:
      crews.length === 0
        ? 'Who votes? You have no crew yet, so add the people one by one or from your contacts.'
        : 'Who votes: one of your crews, or other people?',
    choices: [
      ...(crews.length === 0 ? [] : [{ label: 'A crew', event: 'organizer.chose_crew' }]),
      { label: 'Other people', event: 'organizer.chose_people' },
      { label: 'Open contacts', event: 'organizer.opened_picker' },
      cancel,
    ],
  }),
  ask_people: ({ people: { length } }: Context): Prompt => ({
    text:
      length === 0
        ? 'Add people from your contacts, or type a name and a number.'
        : `${people(length)} so far. Anyone else?`,
    choices: [
      ...(length === 0 ? [] : [{ label: 'Done', event: 'organizer.finished_adding' }]),
      { label: 'Open contacts', event: 'organizer.opened_picker' },
      back,
      cancel,
    ],
  }),
  ask_option: (context: Context): Prompt => {
    const { length } = context.options;
    const asked =
      length === 0 ? 'What can they choose from? Name the first option.' : numbered(context);
    return {
      text:
        length === 0
          ? asked
          : `${asked}. ${length < MIN_OPTIONS ? 'And the next?' : 'Another one?'}`,
      choices: [
        ...(length < MIN_OPTIONS ? [] : [{ label: 'Done', event: 'organizer.finished_options' }]),
        ...(length === 0 ? [] : [{ label: 'Take one off', event: 'organizer.removed_option' }]),
        back,
        cancel,
      ],
    };
  },
  ask_rules: (): Prompt => ({
    text: 'May everybody choose one option or several, and until when?',
    choices: [{ label: 'Set', event: 'organizer.set_voting' }, skip, back, cancel],
  }),
  ask_review: (context: Context): Prompt => ({
    text: `${context.title ?? 'No title yet'}: ${numbered(context)}. ${rules(context)}. Ask ${people(inviteesOf(context).length)} by text now?`,
    choices: [
      { label: 'Send', event: 'organizer.saved_syncup' },
      { label: 'Change the title', event: 'organizer.titled_syncup' },
      { label: 'Change the rules', event: 'organizer.set_voting' },
      back,
      cancel,
    ],
  }),
  ask_again: (): Prompt => ({
    text: 'It is not saved yet, and nobody was asked: something went wrong on our side. Try once more?',
    choices: [{ label: 'Try again', event: 'organizer.saved_syncup' }, cancel],
  }),
  say_saved: (context: Context): Prompt => {
    const { optedOut } = context;
    const asked = inviteesOf(context).length - optedOut;
    return { text: `It is saved. ${getText(asked, 'the question', { optedOut })}` };
  },
};
