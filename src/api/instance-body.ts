/* What a client sees of an instance: the same body wherever one is answered. */
import { z } from 'zod';
import type { ApiChart, Instance } from './charts.ts';

export const PromptBody = z.strictObject({
  id: z.string().meta({ examples: ['ask_name'] }),
  text: z.string().meta({ examples: ['What do you call this crew?'] }),
  choices: z
    .array(z.strictObject({ label: z.string(), event: z.string() }))
    .optional()
    .meta({ examples: [[{ label: 'Cancel', event: 'organizer.cancelled' }]] }),
  /** Why it is asked although the flow was begun with an answer: a path into `input`, and a code. */
  problems: z
    .array(z.strictObject({ path: z.string(), code: z.string() }))
    .optional()
    .meta({ examples: [[{ path: 'eventId', code: 'not_offered' }]] }),
});

export const InstanceBody = z.strictObject({
  id: z.uuid(),
  machine: z.string(),
  version: z.string().meta({ examples: ['1.0.0'] }),
  status: z.enum(['active', 'done']),
  /** The path of the innermost state. */
  state: z.string(),
  /** What the user is asked for now; null where nothing is asked. */
  step: z.string().nullable(),
  prompt: PromptBody.nullable(),
  /** What a chat shows beside the prompt; its fields are the chart's. */
  view: z.record(z.string(), z.unknown()),
  /** The events that may be sent now. */
  events: z.array(z.string()),
});
export type InstanceBody = z.output<typeof InstanceBody>;

export function bodyOf(chart: ApiChart, instance: Instance): InstanceBody {
  const { step, prompt, view, events } = chart.standing(instance);
  const { id, machine, version, status, state } = instance;
  return {
    id,
    machine,
    version,
    status,
    state,
    step,
    prompt: prompt === null ? null : promptOf(prompt),
    view,
    events: [...events],
  };
}

function promptOf(prompt: NonNullable<ReturnType<ApiChart['standing']>['prompt']>) {
  const { id, text, choices, problems } = prompt;
  return {
    id,
    text,
    ...(choices && { choices: choices.map((choice) => ({ ...choice })) }),
    ...(problems && { problems: problems.map((problem) => ({ ...problem })) }),
  };
}
