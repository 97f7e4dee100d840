/* Every sentence of event creation, by the id of the prompt. */
import { getText, people } from './closing.ts';
import { type Context, inviteesOf } from './event-creation.model.ts';
import type { Prompt } from './kit.ts';
import { lengthText, whenText } from './when.ts';

const cancel = { label: 'Cancel', event: 'organizer.cancelled' };
const back = { label: 'Back', event: 'organizer.went_back' };
const skip = { label: 'Skip', event: 'organizer.skipped' };

/** "Dinner, Fri Jun 5, 7 PM, Luigi's": what the invitees will read, in the words they will read. */
function summary({ title, when, place, begunAt }: Context): string {
  const time = when === null ? [] : [whenText(when.startsAt, when.timeZone, begunAt)];
  return [title, ...time, ...(place === null ? [] : [place])].join(', ');
}

/** When it becomes final by itself, as its gathering judges it; a quorum waits for no time. */
function settling({ rules, when, homeZone, begunAt }: Context): string {
  const { quorum, answerBy, whenAllAnswered } = rules;
  const by = answerBy === null ? null : whenText(answerBy, when?.timeZone ?? homeZone, begunAt);
  if (quorum !== null) {
    const early = by === null ? '' : `, also before ${by}`;
    return ` It becomes final at once when ${people(quorum)} said yes${early}.`;
  }
  const all = whenAllAnswered ? 'when everybody has answered' : null;
  const times = [all, by].filter((time) => time !== null);
  return times.length === 0 ? '' : ` It becomes final ${times.join(', or ')}, if anybody comes.`;
}

function reminding({ rules: { remindMin } }: Context): string {
  return remindMin === null ? '' : ` Who may come is reminded ${lengthText(remindMin)} before.`;
}

export const copy = {
  ask_crew: ({ crews }: Context): Prompt => ({
    text:
      crews.length === 0
        ? 'Who is invited? You have no crew yet, so add the people one by one or from your contacts.'
        : 'Who is invited: one of your crews, or other people?',
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
  ask_title: (): Prompt => ({ text: 'What are you planning?', choices: [back, cancel] }),
  ask_when: ({ title }: Context): Prompt => ({
    text: `When is ${title}?`,
    choices: [skip, back, cancel],
  }),
  ask_where: (): Prompt => ({ text: 'Where do you meet?', choices: [skip, back, cancel] }),
  ask_details: (): Prompt => ({
    text: 'Any notes of your own? They stay with you: no text to your people says them.',
    choices: [skip, back, cancel],
  }),
  ask_review: (context: Context): Prompt => ({
    text: `${summary(context)}.${settling(context)}${reminding(context)} Invite ${people(inviteesOf(context).length)} by text now?`,
    choices: [
      { label: 'Send invites', event: 'organizer.saved_event' },
      { label: 'Change the title', event: 'organizer.titled_event' },
      { label: 'Change the time', event: 'organizer.set_time' },
      { label: 'Change the place', event: 'organizer.set_place' },
      { label: 'Change the details', event: 'organizer.set_details' },
      { label: 'Settle by itself', event: 'organizer.set_rules' },
      back,
      cancel,
    ],
  }),
  ask_again: ({ title }: Context): Prompt => ({
    text: `${title} is not saved yet, and nobody was invited: something went wrong on our side. Try once more?`,
    choices: [{ label: 'Try again', event: 'organizer.saved_event' }, cancel],
  }),
  say_saved: (context: Context): Prompt => {
    const { title, optedOut } = context;
    const invited = inviteesOf(context).length - optedOut;
    return { text: `${title} is saved. ${getText(invited, 'an invite', { optedOut })}` };
  },
};
