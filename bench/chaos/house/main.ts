/*
 * The real server, put together by the real composition root, with something about it broken on purpose:
 * a clock that jumps when told to, a chart that cannot describe itself, an inspector that throws. It
 * takes the environment of the server and one variable more: CHAOS_FAULT.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { charts } from '../../../machines/index.ts';
import type { ChartModule } from '../../../machines/kit.ts';
import { createOperationalLog } from '../../../src/compose/operational-log.ts';
import { readConfig } from '../../../src/config.ts';
import { compose } from '../../../src/main.ts';

/** What the parent may tell. */
export type Told = { readonly clockShiftMs: number };

let shiftMs = 0;
process.on('message', (told: Told) => {
  shiftMs = told.clockShiftMs;
});

breakCharts(process.env.CHAOS_FAULT ?? '');

const config = readConfig();
const house = await compose(config, {
  ...{ log: createOperationalLog(config.logLevel), version: '0.1.0' },
  ...{
    now: () => Date.now() + shiftMs,
    elapsedMs: () => performance.now(),
    id: randomUUID,
    random: Math.random,
  },
  secret: () => randomBytes(32).toString('base64url'),
});
console.log(`The broken house listens on ${house.url}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void house.stop().then(() => process.exit(0)));
}

/** Puts a broken copy of each chart in its place, before anybody has read them. */
function breakCharts(fault: string): void {
  const list = charts as ChartModule[];
  for (const [n, module] of list.entries()) {
    if (fault === 'describe throws') list[n] = { ...module, describe: throwing(module) };
    if (fault === 'inspector throws') list[n] = { ...module, describe: poisonous(module) };
  }
}

/** Every fact of making something cannot be described; all others can. */
function throwing({ describe }: ChartModule): ChartModule['describe'] {
  const broken = () => {
    throw new Error('This fact cannot be described.');
  };
  return { ...describe, crew_created: broken, event_created: broken };
}

/** What a description gives makes whoever reads it throw: the inspector itself breaks, not its guard. */
function poisonous({ describe }: ChartModule): ChartModule['describe'] {
  const poison = () =>
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('The inspector breaks on this.');
        },
      },
    );
  return { ...describe, crew_created: poison, event_created: poison };
}
