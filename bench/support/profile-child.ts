/*
 * The process that is profiled: the engine at 64 in flight, warm, and nothing else. It tells its rate
 * and processor time as JSON in its last line; `node --cpu-prof` writes the profile when it ends.
 */
import { benchEngine } from './bench-engine.ts';
import { readCpu } from './cpu.ts';
import { copyInstances, crowdOf, give, makeTemplate } from './crowd.ts';
import { inFlight } from './in-flight.ts';

const LANES = 64;
const CROWD = 2_048;

const [url = '', postmaster = '0', durationMs = '1000'] = process.argv.slice(2);
const house = benchEngine(url);
house.run();
const template = await makeTemplate(house.engine, 12);
const due = { from: Date.now() + 3_600_000, to: Date.now() + 7_200_000 };
const name = `profile ${process.version}`;
await copyInstances(url, template, { crowd: name, count: CROWD, due });
const crowd = crowdOf(name, CROWD);
const load = {
  lanes: LANES,
  durationMs: Number(durationMs),
  cpu: () => readCpu(Number(postmaster)),
};
const work = (lane: number) => {
  const { key, event } = crowd.next(lane, LANES);
  return give(house.engine, key, event);
};
const micros = () => Number(process.hrtime.bigint() / 1_000n);
await inFlight({ ...load, durationMs: load.durationMs / 3 }, work);
const from = micros();
const round = await inFlight(load, work);
const to = micros();
await house.close();
console.log(JSON.stringify({ node: process.version, span: { from, to }, round }));
