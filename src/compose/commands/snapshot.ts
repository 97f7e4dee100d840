/* `instance snapshot`: where one instance stands, as one `state_snapshot` row of the log. */
import { charts } from '../../../machines/index.ts';
import type { ChartModule, Fact } from '../../../machines/kit.ts';
import { createNotes } from '../../engine/index.ts';
import { loadInstanceById } from '../../store/parked.ts';
import { catalogueOfCharts } from '../engine.ts';
import type { CommandDeps } from './deps.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Counts = { readonly counts?: Readonly<Record<string, number>> };

/** Writes the row; the server's projector brings it into the log. Nothing that the chart remembers is in it. */
export async function snapshotByHand(deps: CommandDeps, id: string): Promise<number> {
  const { pools, print, now } = deps;
  const row = UUID.test(id) ? await loadInstanceById(pools.app, id) : undefined;
  if (row === undefined) {
    print(
      `There is no instance '${id.slice(0, 40)}': an id is a uuid, as the log and the API give it.`,
    );
    return 1;
  }
  const { organizerId: owner, machine, version, state, crewId, eventId, syncupId } = row;
  const notes = createNotes({
    ...{ sql: pools.app, now, id: deps.id },
    ...{ catalogue: catalogueOfCharts(), backendVersion: deps.version },
  });
  notes.take({
    ...{ type: 'state_snapshot', owner, correlationId: deps.id() },
    subject: { crewId, eventId, syncupId },
    metadata: {
      ...{ machine, machine_version: version, run_id: id, status: row.status, state },
      ...{ trigger: 'manual', sample_rate: 1, counts: countsOf(row) },
    },
  });
  await notes.flush();
  print(`A state_snapshot of instance ${id} is on its way into the log.`);
  return 0;
}

/** What its chart allows to be counted; nothing where this build has no such chart. */
function countsOf(row: NonNullable<Awaited<ReturnType<typeof loadInstanceById>>>) {
  const modules: readonly ChartModule[] = charts;
  const chart = modules.find(
    ({ machine }) => machine.id === row.machine && String(machine.version) === row.version,
  );
  const { context } = row.snapshot as { readonly context: unknown };
  const { steppedAt: at, begunAt } = row;
  const fact: Fact<unknown> = {
    ...{ before: context, after: context, event: { type: 'manual' }, at, begunAt },
    ...{ id: row.id, version: row.version, correlationId: row.id, causedBy: row.id },
  };
  const described = chart?.describe.state_snapshot?.(fact as never) as Counts | undefined;
  return described?.counts ?? {};
}
