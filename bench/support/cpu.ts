/*
 * Processor time: what an event costs, whoever else wants the machine. It bounds what two cores can do,
 * and says on which side of the socket the work lies.
 */
import { readdirSync, readFileSync } from 'node:fs';

export type Cpu = {
  readonly nodeMs: number;
  /** Of the server and all its processes; 0 where there is no /proc. */
  readonly postgresMs: number;
};

/** Clock ticks of /proc are hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;

export function readCpu(postmaster: number): Cpu {
  const { user, system } = process.cpuUsage();
  return { nodeMs: (user + system) / 1_000, postgresMs: treeMs(postmaster) };
}

/** The process, its children that live, and those that have ended. */
function treeMs(parent: number): number {
  let ticks = 0;
  for (const name of namesIn('/proc')) {
    const fields = /^\d+$/.test(name) ? statOf(name) : undefined;
    if (fields === undefined) continue;
    const own = (fields[11] ?? 0) + (fields[12] ?? 0);
    if (Number(name) === parent) ticks += own + (fields[13] ?? 0) + (fields[14] ?? 0);
    else if (fields[1] === parent) ticks += own;
  }
  return ticks * TICK_MS;
}

/** The processes that this one has begun and that live; none where there is no /proc. */
export const childrenOf = (parent: number): readonly number[] =>
  namesIn('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(name)?.[1] === parent)
    .map(Number);

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What follows the command's name, which may hold anything: state, parent, … (proc_pid_stat(5)). */
function statOf(pid: string): readonly number[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  } catch {
    return undefined;
  }
}
