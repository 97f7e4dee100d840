/* `instance show|retry|end`: an operator's hand on one instance. */
import { endInstance, retryInstance, viewInstance } from '../../store/parked.ts';
import type { CommandDeps } from './deps.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Prints where it stands; nothing of what it remembers, which may be people's. */
export async function showInstance({ pools, print }: CommandDeps, id: string): Promise<number> {
  const view = UUID.test(id) ? await viewInstance(pools.app, id) : undefined;
  if (view === undefined) return nothing(print, id);
  const at = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  const timers = Object.entries(view.timers).map(([timer, { dueAt }]) => [timer, at(dueAt)]);
  const shown = {
    ...view,
    ...{ parkedAt: at(view.parkedAt), steppedAt: at(view.steppedAt), wakeAt: at(view.wakeAt) },
    timers: Object.fromEntries(timers),
  };
  print(JSON.stringify(shown, null, 2));
  return 0;
}

export async function retryByHand({ pools, now, print }: CommandDeps, id: string): Promise<number> {
  const retried = UUID.test(id) && (await retryInstance(pools.app, { id, now: now() }));
  if (!retried) return nothing(print, id);
  print(`Instance ${id} is tried again by the next server that looks.`);
  return 0;
}

export async function endByHand({ pools, print }: CommandDeps, id: string): Promise<number> {
  const ended = UUID.test(id) && (await endInstance(pools.app, id));
  if (!ended) return nothing(print, id);
  print(`Instance ${id} has ended where it stood, without a row in the log.`);
  return 0;
}

function nothing(print: CommandDeps['print'], id: string): number {
  print(
    `There is no open instance '${id.slice(0, 40)}': an id is a uuid, as the log and the API give it.`,
  );
  return 1;
}
