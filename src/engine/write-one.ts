import { writesOf } from './commit.ts';
import type { Core } from './core.ts';
import type { Member } from './member.ts';
import type { Delivered } from './outcome.ts';

/** Writes a commit of one instance through the batch. */
export async function writeOne(core: Core, member: Member): Promise<Delivered | 'overtaken'> {
  const commit = writesOf([member]);
  if (!(await core.write(commit))) return 'overtaken';
  core.after({ jobs: member.promised.length > 0, entries: member.drafts.length > 0 });
  const [write] = commit.writes;
  return movedTo({ ...member, row: write?.row ?? member.row });
}

/** The outcome of a step that was written. */
export const movedTo = ({ row, seen, invalid }: Member): Delivered => ({
  outcome: 'moved',
  invalid,
  instance: { ...row, seq: seen + 1 },
});
