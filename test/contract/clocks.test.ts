import { describe, expect, test } from 'vitest';
import { addByHand } from './organizer.ts';
import { openTown } from './town.ts';

const clock = { aheadMs: 0 };
const town = openTown({}, { now: () => Date.now() + clock.aheadMs });

describe('a clock', () => {
  test('X-7 that steps back leaves the order as it was, no negative duration, and one error', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.begins('crew-creation');
    clock.aheadMs = -600_000;
    await run.does('organizer.named_crew', { name: 'Night Owls' });
    await addByHand(run, [{ name: 'Bo', phone: town.phone() }]);
    await run.does('organizer.saved_crew');
    await town.expects(ctx, {
      machine: 'crew-creation',
      logged:
        '(flow_started → fs(name_crew) → fs(add_contacts) → [fs(review_members) crew_created flow_completed{created}]) ∥ error{scheduler,clock.backwards}',
      of: (row) => maya.isActor(row) || row.event_type === 'error',
    });
    const durations = (await town.rows()).flatMap(({ metadata }) => [
      ...[metadata.dwell_ms, metadata.duration_ms].filter((ms) => ms !== undefined),
    ]);
    expect(durations.length).toBeGreaterThan(3);
    expect(durations.filter((ms) => Number(ms) < 0)).toEqual([]);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
