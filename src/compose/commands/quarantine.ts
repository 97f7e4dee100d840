/* `quarantine list` and `quarantine replay`: rows that broke the contract, and the way back. */
import type { LogRow } from '../../behavior/row.ts';
import { ensurePartitions, monthOf } from '../../store/partitions.ts';
import { listQuarantined, type QuarantinedRow, replayQuarantined } from '../../store/quarantine.ts';
import { catalogueOfCharts } from '../engine.ts';
import type { CommandDeps } from './deps.ts';

const PAGE = 200;

/** Prints type, time and reason of each row; never what is in it. */
export async function listQuarantine(deps: CommandDeps): Promise<number> {
  let rows = 0;
  for await (const { id, at, reason, row } of allQuarantined(deps)) {
    rows += 1;
    deps.print(`${new Date(at).toISOString()} ${id} ${String(row.event_type)}: ${reason}`);
  }
  deps.print(rows === 0 ? 'Nothing is in quarantine.' : `${rows} rows are in quarantine.`);
  return 0;
}

/** Puts back what keeps the contract now; 1 where something stays. */
export async function replayQuarantine(deps: CommandDeps): Promise<number> {
  const { pools, now, print } = deps;
  const catalogue = catalogueOfCharts();
  let replayed = 0;
  let kept = 0;
  for await (const { id, row } of allQuarantined(deps)) {
    const logRow = row as unknown as LogRow;
    const checked = catalogue.check(logRow);
    if (checked.ok) {
      await ensurePartitions(pools.log, [monthOf(logRow.timestamp)]);
      await replayQuarantined(pools.log, { id, at: now() });
      replayed += 1;
    } else {
      kept += 1;
      print(`${id} stays: ${checked.problems.join('; ')}`);
    }
  }
  print(`${replayed} rows went into the log, ${kept} stay in quarantine.`);
  return kept === 0 ? 0 : 1;
}

async function* allQuarantined({ pools }: CommandDeps): AsyncGenerator<QuarantinedRow> {
  let afterId: string | undefined;
  for (;;) {
    const page = await listQuarantined(pools.log, { limit: PAGE, ...(afterId && { afterId }) });
    yield* page;
    afterId = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}
