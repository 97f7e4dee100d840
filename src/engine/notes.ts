/*
 * Entries outside a step: latencies, and errors of the server itself. They are written in batches
 * after the answer, best effort and bounded; completeness does not count them.
 */

import { NIL_ID } from '../behavior/derived-id.ts';
import {
  type Draft,
  draftOf,
  type InspectorDeps,
  type Origin,
  placeDrafts,
} from '../behavior/inspector/index.ts';
import type { Subject } from '../behavior/meta.ts';
import type { EventType } from '../behavior/vocabulary.ts';
import type { Sql } from '../store/orm.ts';
import { insertNotes } from '../store/outbox.ts';
import { createErrorGate } from './error-gate.ts';

export type Note = {
  readonly type: Extract<EventType, 'error' | 'latency' | 'state_snapshot'>;
  readonly owner?: string;
  readonly subject?: Subject;
  readonly origin?: Origin | null;
  readonly correlationId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
};

export type Notes = {
  /** Takes a note; drops it, and counts that, when too many wait or too many errors are alike. */
  readonly take: (note: Note) => void;
  readonly flush: () => Promise<void>;
  readonly dropped: () => number;
};

const MAX_WAITING = 1_000;
const MAX_FLUSHED = 200;

/** Its source is drawn once, so that a flush whose answer was lost writes the same row again. */
type Waiting = {
  readonly draft: Draft;
  readonly at: number;
  readonly owner: string;
  readonly source: string;
};

export function createNotes(
  deps: InspectorDeps & {
    readonly sql: Sql;
    readonly now: () => number;
    readonly id: () => string;
  },
): Notes {
  let waiting: Waiting[] = [];
  let dropped = 0;
  const gate = createErrorGate(deps.now);
  const admits = ({ type, correlationId, metadata }: Note): boolean =>
    waiting.length < MAX_WAITING &&
    (type !== 'error' || gate.admits({ correlationId, code: String(metadata.code) }));
  return {
    dropped: () => dropped,
    take: (note) => {
      if (!admits(note)) {
        dropped += 1;
        return;
      }
      const owner = note.owner ?? NIL_ID;
      waiting.push({ draft: drafted(deps, note), at: deps.now(), owner, source: deps.id() });
    },
    flush: async () => {
      while (waiting.length > 0) {
        const taken = waiting.slice(0, MAX_FLUSHED);
        await insertNotes(deps.sql, taken.map(rowOf));
        waiting = waiting.slice(taken.length);
      }
    },
  };
}

const drafted = (deps: InspectorDeps, note: Note): Draft =>
  draftOf(deps, {
    type: note.type,
    owner: note.owner ?? NIL_ID,
    subject: note.subject ?? {},
    origin: note.origin ?? null,
    cycle: null,
    correlationId: note.correlationId,
    metadata: note.metadata,
    problems: [],
  });

function rowOf({ draft, at, owner, source }: Waiting) {
  const entries = placeDrafts([draft], { at, source, position: 0, ordinal: 0 });
  return {
    organizerId: owner,
    source,
    at,
    entries: entries.map(({ row, problems }) =>
      problems.length === 0 ? row : { ...row, problems },
    ),
  };
}
