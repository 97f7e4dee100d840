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
    ...{ id, machine, version, status, state, step },
    prompt: prompt === null ? null : promptOf(prompt),
    view,
    events: [...events],
  };
}

function promptOf({ id, text, choices }: NonNullable<ReturnType<ApiChart['standing']>['prompt']>) {
  return { id, text, ...(choices && { choices: choices.map((choice) => ({ ...choice })) }) };
}
