/*
 * Sync-up creation: the states that list the options, and say how votes for them count. Each option is a
 * step of its own, so to say done is none: the last option was logged when it was added.
 */
import { assign } from 'xstate';
import { keptOf } from './readings.ts';
import { readOption, readRules } from './syncup-creation.answers.ts';
import { flow, idle } from './syncup-creation.setup.ts';
import { NO_VOTE_RULES } from './syncup-gathering.model.ts';

export const options = flow.createStateConfig({
  meta: { step: 'options', prompt: 'ask_option' },
  after: idle,
  on: {
    'organizer.added_option': [
      {
        guard: { type: 'isLast', params: ({ context, event }) => readOption(context, event) },
        target: 'rules',
        actions: assign(({ context, event }) => ({
          options: [...context.options, keptOf(readOption(context, event))],
        })),
        meta: { left: 'completed' },
      },
      {
        guard: { type: 'isGood', params: ({ context, event }) => readOption(context, event) },
        target: 'options',
        reenter: true,
        actions: assign(({ context, event }) => ({
          options: [...context.options, keptOf(readOption(context, event))],
        })),
        meta: { left: 'completed' },
      },
      { target: 'options', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.removed_option': [
      {
        guard: { type: 'isOption', params: ({ event }) => event.option },
        target: 'options',
        reenter: true,
        actions: assign(({ context, event }) => ({
          options: context.options.filter((_, n) => n !== event.option - 1),
        })),
        meta: { left: 'edited' },
      },
      { target: 'options', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.finished_options': [
      {
        guard: 'hasOptions',
        target: 'rules',
        meta: { silent: 'each option was a step of its own' },
      },
      { target: 'options', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.went_back': [
      { guard: 'isForCrew', target: 'listing', meta: { left: 'back' } },
      { target: 'people', meta: { left: 'back' } },
    ],
  },
});

export const rules = flow.createStateConfig({
  meta: { step: 'voting_rules', prompt: 'ask_rules' },
  after: idle,
  on: {
    'organizer.set_voting': [
      {
        guard: { type: 'isGood', params: ({ context, event }) => readRules(context, event) },
        target: 'review',
        actions: assign(({ context, event }) => ({
          ...keptOf(readRules(context, event)),
          hasRules: true,
        })),
        meta: { left: 'completed' },
      },
      { target: 'rules', reenter: true, meta: { left: 'invalid_input' } },
    ],
    'organizer.skipped': {
      target: 'review',
      actions: assign({
        ...{ voting: 'single', deadline: null, hasRules: true },
        voteRules: NO_VOTE_RULES,
      }),
      meta: { left: 'skipped' },
    },
    'organizer.went_back': { target: 'options', meta: { left: 'back' } },
  },
});
