/*
 * The ids of the story that the examples tell: one organizer, a crew, an event, a sync-up and an
 * invitee. Fixed, so that docs and OpenAPI do not change from one build to the next.
 */
const idOf = (last: string): string => `0198c0de-0000-7000-8000-${last.padStart(12, '0')}`;

export const EXAMPLE = {
  organizer: idOf('1'),
  crew: idOf('2'),
  event: idOf('3'),
  syncup: idOf('4'),
  session: idOf('5'),
  run: idOf('6'),
  cycle: idOf('7'),
  picker: idOf('8'),
  message: idOf('9'),
  inbound: idOf('a'),
  push: idOf('b'),
  correlation: idOf('c'),
  /** Reserved by the North American plan for examples. */
  phone: '+12025550142',
  /** 2026-05-01T17:00:00.000Z */
  at: 1_777_654_800_000,
  version: '1.0.0',
} as const;
