/* Devices of development, as the API shows what they were sent. */
import { z } from 'zod';
import { PUSH_KINDS } from '../behavior/vocabulary.ts';

/** A push as a device of development got it. */
export const Pushed = z.strictObject({
  id: z.uuid(),
  kind: z.enum(PUSH_KINDS),
  body: z.string(),
  eventId: z.uuid().nullable(),
  syncupId: z.uuid().nullable(),
});

/** What was pushed to devices of development, oldest first. */
export type LocalDevices = {
  readonly sentTo: (organizerId: string) => readonly z.output<typeof Pushed>[];
};
