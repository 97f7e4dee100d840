import { NIL_ID } from '../derived-id.ts';
import type { IdColumns, LogRow } from '../row.ts';
import type { EventType, Platform } from '../vocabulary.ts';
import { VERSION_PATTERN } from './atoms.ts';
import { ID_COLUMNS, MATRIX } from './matrix.ts';

/** The version of a client that did not say it, or said something that is no version. */
export const UNKNOWN_VERSION = 'unknown';

/** What the `version` column keeps of a client's header: a short version, else `unknown`. */
export const versionOf = (header: string | undefined): string =>
  header !== undefined && VERSION_PATTERN.test(header) ? header : UNKNOWN_VERSION;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const PHONE = /^\+[1-9]\d{6,14}$/;
const MAX_TIMESTAMP = 2 ** 48 - 1;

/**
 * The id columns of a row of this type: those that the matrix refuses are null, the nil owner
 * too. Where a type carries one of event and sync-up, `target` (that of the metadata) decides.
 */
export function columnsOf(type: EventType, ids: Partial<IdColumns>, target?: unknown): IdColumns {
  const { columns } = MATRIX[type];
  const kept = (column: keyof IdColumns): string | null =>
    columns[column] === '-' ? null : (ids[column] ?? null);
  const about = aboutOf(type, { event: kept('event_id'), syncup: kept('syncup_id') }, target);
  const organizer = kept('organizer_id');
  return {
    organizer_id: organizer === NIL_ID ? null : organizer,
    invitee_phone: kept('invitee_phone'),
    event_id: about.event,
    crew_id: kept('crew_id'),
    syncup_id: about.syncup,
    session_id: kept('session_id'),
  };
}

type About = { readonly event: string | null; readonly syncup: string | null };

function aboutOf(type: EventType, about: About, target: unknown): About {
  if (type === 'finalize_triggered') return target === 'event' ? { ...about, syncup: null } : about;
  if (type === 'invitee_reply_unknown' && target === 'none') return { event: null, syncup: null };
  const one = MATRIX[type].columns.event_id === 'X' || type === 'invitee_reply_unknown';
  if (!one) return about;
  if (target === 'syncup') return { event: null, syncup: about.syncup };
  return about.event === null && target === undefined
    ? about
    : { event: about.event, syncup: null };
}

/** Where a row of this type is said to happen: the type's only platform, else that of its origin. */
export function platformOf(type: EventType, origin: Platform): Platform {
  const { platforms } = MATRIX[type];
  return platforms.length === 1 && platforms[0] !== undefined ? platforms[0] : origin;
}

/** What is wrong with the columns of a row, as sentences that hold none of its values. */
export function columnProblems(row: LogRow): readonly string[] {
  const problems: string[] = [];
  const { columns, platforms } = MATRIX[row.event_type];
  for (const column of ID_COLUMNS) {
    const value = row[column];
    const presence = columns[column];
    if (value === null) {
      if (presence === 'R') problems.push(`${column}: is required`);
    } else if (presence === '-') problems.push(`${column}: must be null`);
    else if (!(column === 'invitee_phone' ? PHONE : UUID).test(value))
      problems.push(`${column}: has not the form of its kind`);
  }
  if (columns.event_id === 'X' && (row.event_id === null) === (row.syncup_id === null))
    problems.push('event_id, syncup_id: exactly one is required');
  if (!platforms.includes(row.platform)) problems.push('platform: is not one of this type');
  if (!UUID.test(row.id)) problems.push('id: is no uuid');
  const { timestamp } = row;
  if (!Number.isInteger(timestamp) || timestamp < 0 || timestamp > MAX_TIMESTAMP)
    problems.push('timestamp: is no epoch time in whole ms');
  if (row.version !== UNKNOWN_VERSION && !VERSION_PATTERN.test(row.version))
    problems.push('version: is no version');
  return problems;
}
