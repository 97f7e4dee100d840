import { errorCodes, type Registries } from '../registries.ts';
import { entryId, type LogRow } from '../row.ts';
import { EVENT_TYPES, type EventType } from '../vocabulary.ts';
import { SCHEMA_VERSION } from './atoms.ts';
import { columnsOf } from './columns.ts';
import { EXAMPLE } from './example-ids.ts';
import { ORGANIZER_EXAMPLES } from './example-organizers.ts';
import { INVITEE_EXAMPLES, SYSTEM_EXAMPLES } from './example-others.ts';
import { MATRIX } from './matrix.ts';

/*
 * One valid row of each type, for tests and the dictionary. Their words are those of the charts in use; a
 * test of the dictionary holds them to it. EXAMPLE_REGISTRIES has those words alone, for tests without charts.
 */

/** The registries that the examples are valid under. */
export const EXAMPLE_REGISTRIES: Registries = {
  statePaths: new Set(['asking.review', 'asking.when', 'undelivered']),
  eventNames: new Set(['organizer.picked_people']),
  templates: new Set(['event-invitation.invite']),
  errorCodes: errorCodes(),
  parserRules: new Set(['yes.word', 'no.word', 'maybe.phrase', 'vote.numbers']),
  machines: new Set(['crew-creation', 'text']),
};

const METADATA: Readonly<Record<EventType, object>> = {
  ...ORGANIZER_EXAMPLES,
  ...INVITEE_EXAMPLES,
  ...SYSTEM_EXAMPLES,
};

/** A valid row of this type: every id that it may carry, the first of its platforms. */
export function exampleRow(type: EventType): LogRow {
  const metadata: Readonly<Record<string, unknown>> = {
    v: SCHEMA_VERSION,
    correlation_id: EXAMPLE.correlation,
    ...METADATA[type],
  };
  const position = EVENT_TYPES.indexOf(type);
  const ids = {
    organizer_id: EXAMPLE.organizer,
    invitee_phone: EXAMPLE.phone,
    event_id: EXAMPLE.event,
    crew_id: EXAMPLE.crew,
    // The example event was made by hand; only what is about a sync-up names one.
    syncup_id: type === 'event_created' ? null : EXAMPLE.syncup,
    session_id: EXAMPLE.session,
  };
  return {
    id: entryId({ at: EXAMPLE.at, position, source: EXAMPLE.run, ordinal: position }),
    event_type: type,
    timestamp: EXAMPLE.at,
    ...columnsOf(type, ids, metadata.target),
    platform: MATRIX[type].platforms[0] ?? 'system',
    version: EXAMPLE.version,
    metadata,
  };
}

/** One valid row of each of the 29 types, in the order of the specification. */
export const exampleRows = (): readonly LogRow[] => EVENT_TYPES.map(exampleRow);
