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
