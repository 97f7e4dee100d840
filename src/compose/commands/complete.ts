/* `complete`: is every entry that an instance has made in the log, and once? */
import { checkCompleteness, type Gap } from '../../store/completeness.ts';
import type { CommandDeps } from './deps.ts';

const MOST = 20;

/** Prints a sentence; 1 where a row is missing or doubled. */
export async function checkLog({ pools, print }: CommandDeps): Promise<number> {
  const { instances, entries, waiting, quarantined, gaps } = await checkCompleteness({
    app: pools.app,
    log: pools.reader,
  });
  const apart = `${waiting} of them on their way, ${quarantined} in quarantine`;
  if (gaps.length === 0) {
    print(`The log is complete: ${entries} entries of ${instances} instances, ${apart}.`);
    return 0;
  }
  print(`The log is NOT complete: ${gaps.length} of ${instances} instances have gaps (${apart}).`);
  for (const gap of gaps.slice(0, MOST)) print(sentenceOf(gap));
  if (gaps.length > MOST) print(`… and ${gaps.length - MOST} more.`);
  return 1;
}

function sentenceOf({ instanceId, machine, expected, found, missing, repeated }: Gap): string {
  const said = [
    ...(missing.length > 0 ? [`missing: ${missing.slice(0, MOST).join(', ')}`] : []),
    ...(repeated.length > 0 ? [`doubled: ${repeated.slice(0, MOST).join(', ')}`] : []),
  ];
  return `${machine} ${instanceId} made ${expected} entries and has ${found} rows; ${said.join('; ') || 'the rows are not its own'}.`;
}
