/*
 * One commit of one or more instances: puts their entries in the contract's order, gives them ids and
 * makes the rows to write. Pure.
 */
import type { ModelRow } from '../../machines/kit.ts';
import { type Entry, placeDrafts } from '../behavior/inspector/index.ts';
import type { Timers } from '../store/instances.ts';
import type { InstanceWrite } from '../store/write-instances.ts';
import { changedModels, type Member } from './member.ts';
import { jobsOf } from './promises.ts';

export type CommitWrite = {
  readonly writes: readonly InstanceWrite[];
  readonly models: readonly ModelRow[];
};

/** An entry in the outbox: the row with its problems, if it must go to quarantine. */
const outboxEntry = ({ row, problems }: Entry) =>
  problems.length === 0 ? row : { ...row, problems };

/**
 * The rows of a commit. Positions run through it: instances that end, in the order in which they
 * ended, then those that begin, then the rest (`design`: [drop_off session_end], [session_end
 * session_start]).
 */
export function writesOf(members: readonly Member[]): CommitWrite {
  const ordered = [...members].sort((a, b) => classOf(a) - classOf(b));
  let position = 0;
  const writes = ordered.map((member) => {
    const write = writeOf(member, position);
    position += member.drafts.length;
    return write;
  });
  return { writes, models: members.flatMap(changedModels) };
}

function classOf({ row, seen }: Member): number {
  if (seen === 0) return 1;
  return row.status === 'done' ? 0 : 2;
}

function writeOf(member: Member, position: number): InstanceWrite {
  const { drafts, drops, promised, seen, settled } = member;
  const { jobs, calls } = jobsOf(member.row, promised);
  const row = { ...member.row, calls, seq: seen + 1 };
  const entries = placeDrafts(drafts, {
    at: row.steppedAt,
    source: row.id,
    position,
    ordinal: row.entries - drafts.length,
  });
  return {
    row,
    seen,
    wakeAt: earliest(row.timers),
    log: entries.length === 0 ? null : entries.map(outboxEntry),
    jobs,
    drops: [
      ...drops.map((id) => ({ owner: row.organizerId, id })),
      ...settled.map(({ organizerId, id }) => ({ owner: organizerId, id })),
    ],
  };
}

/** When the next timer is due, or null. */
export function earliest(timers: Timers): number | null {
  const due = Object.values(timers).map(({ dueAt }) => dueAt);
  return due.length === 0 ? null : Math.min(...due);
}
