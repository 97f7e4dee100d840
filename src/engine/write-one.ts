import type { InstanceRow } from '../store/instances.ts';
import { writesOf } from './commit.ts';
import type { Core } from './core.ts';
import type { Member } from './member.ts';
import type { Delivered } from './outcome.ts';

/** Writes a commit of one instance through the batch. */
export async function writeOne(core: Core, member: Member): Promise<Delivered | 'overtaken'> {
  const commit = writesOf([member]);
  if (!(await core.write(commit))) {
    core.memory.forget(member.row);
    return 'overtaken';
  }
  core.after({ jobs: member.promised.length > 0 });
  const row = commit.writes[0]?.row ?? member.row;
  core.memory.keep(row);
  return movedTo({ ...member, row });
}

/** The outcome of a step that was written. */
export const movedTo = ({ row, seen, invalid }: Member): Delivered => ({
  outcome: 'moved',
  invalid,
  instance: { ...row, seq: seen + 1 },
});

/** Tells how long a step took that is committed: begun at `begunAt`, epoch ms, after `queueMs`. */
export function measureStep(
  core: Core,
  { organizerId: owner, machine, version, crewId, eventId, syncupId }: InstanceRow,
  of: {
    readonly correlationId: string;
    readonly begunAt: number;
    readonly queueMs?: number;
  },
): void {
  const { begunAt, correlationId, queueMs } = of;
  const root = core.charts.find(machine, version)?.root;
  core.measure({
    operation: 'transition',
    ok: true,
    owner,
    durationMs: core.now() - begunAt,
    queueMs,
    correlationId,
    subject: { crewId, eventId, syncupId },
    flow: root !== undefined && 'flow' in root ? root.flow : undefined,
  });
}
