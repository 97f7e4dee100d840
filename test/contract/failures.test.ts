import { afterEach, describe, expect, test, vi } from 'vitest';
import * as crewCreation from '../../machines/crew-creation.machine.ts';
import type { LogRow } from '../../src/behavior/row.ts';
import { refuseWrites } from './faults.ts';
import type { Organizer } from './organizer.ts';
import { openTown } from './town.ts';

const town = openTown();
afterEach(() => vi.restoreAllMocks());

async function makesCrew(maya: Organizer): Promise<void> {
  await maya.hasCrew([{ name: 'Bo', phone: town.phone() }]);
}

/** An organizer's rows, and errors of the log itself, which belong to nobody. */
const ofOrLogging = (maya: Organizer, since: number) => (row: LogRow) =>
  maya.isActor(row) ||
  (row.organizer_id === null && row.timestamp >= since && row.metadata.component === 'logging');

const quarantined = () => town.sql()<{ reason: string }[]>`select reason from log_quarantine`;

describe('a failure', () => {
  test('I-26 of the handler of a message is mended by the carrier’s second try', async (ctx) => {
    const maya = await town.organizer();
    const phone = town.phone();
    await maya.invites([phone]);
    await town.row((row) => row.event_type === 'sms_sent' && row.invitee_phone === phone);
    const when = `new.phone = '${phone}'`;
    await refuseWrites(town.sql(), {
      ...{ table: 'inbound_messages', on: 'insert', when, times: 1, state: '53100' },
    });
    await town.texts(phone, 'yes');
    await town.expects(ctx, {
      machine: 'event-invitation',
      logged:
        '[invite_sent sms_sent{invite}] → (error{sms_in,sms.handler_failed} ∥ ([sms_received{yes} invitee_reply_yes] → sms_sent{update}))',
      of: (row) => row.invitee_phone === phone || row.metadata.component === 'sms_in',
    });
  });

  test('X-1 inside a step is one error, and the caller is told no more than that', async (ctx) => {
    const maya = await town.organizer();
    const run = await maya.begins('crew-creation');
    // A state that no chart has: restoring it throws.
    await town.sql()`
      update instances set seq = seq + 1, snapshot = jsonb_set(snapshot::jsonb, '{value}', '"nowhere"') where id = ${run.id}`;
    const answer = await run.tries(500, 'organizer.named_crew', { name: 'Night Owls' });
    expect(answer.text).not.toMatch(/nowhere/);
    await town.expects(ctx, {
      machine: 'crew-creation',
      logged: 'flow_started → error{flow.exception}',
      of: (row) => maya.isActor(row) || row.metadata.correlation_id === answer.body.correlation_id,
    });
  });

  test('X-2 of the log to take a row costs that row and no flow', async (ctx) => {
    const maya = await town.organizer();
    const since = Date.now();
    await town.sql().unsafe(`
      alter table behavior_logs add constraint planted
      check (event_type <> 'crew_created' or organizer_id <> '${maya.owner}') not valid`);
    await makesCrew(maya);
    await town.expects(ctx, {
      machine: 'crew-creation',
      logged:
        '(flow_started → fs(name_crew) → fs(add_contacts) → fs(review_members) → flow_completed{created}) ∥ error{logging}',
      of: ofOrLogging(maya, since),
    });
    expect(await quarantined()).toMatchObject([{ reason: 'insert refused: 23514' }]);
  });

  test('X-5 of the inspector costs one row and no flow', async (ctx) => {
    const maya = await town.organizer('ios_app');
    vi.spyOn(crewCreation.describe, 'crew_created').mockImplementation(() => {
      throw new Error('planted');
    });
    const known = (await quarantined()).length;
    await makesCrew(maya);
    await town.expects(ctx, {
      machine: 'crew-creation',
      logged:
        'flow_started → fs(name_crew) → fs(add_contacts) → fs(review_members) → [error{logging} flow_completed{created}]',
      of: maya.isActor,
      never: ['crew_created'],
    });
    expect(await quarantined()).toHaveLength(known + 1);
    const metrics = await maya.client.get('/metrics');
    expect(metrics.text).toMatch(/quarantine\S* [1-9]/);
  });

  test('leaves every invariant of the contract, and nothing is missing', () => town.holds());
});
