/* Where runs stand, as rows: with every error, and with every step of a sampled run. */
import { expect, test } from 'vitest';
import * as crewCreation from '../../machines/crew-creation.machine.ts';
import { createCatalogue } from '../../src/behavior/catalogue/index.ts';
import { errorCodes } from '../../src/behavior/registries.ts';
import { createRegistry, wordsOf } from '../../src/chart/registry.ts';
import { beginMember, type Member, stepMember } from '../../src/engine/member.ts';

const RUN = '22222222-2222-4222-8222-222222222222';
const SESSION = '33333333-3333-4333-8333-333333333333';
const LOW = '22222222-2222-4222-8222-222200000001';
const OWNER = '11111111-1111-4111-8111-111111111111';
const registry = createRegistry([crewCreation], { actors: new Set(['saveCrew']) });
const catalogue = createCatalogue({
  ...wordsOf([crewCreation]),
  ...{ templates: new Set<string>(), parserRules: new Set<string>(), errorCodes: errorCodes() },
});
const organizer = { name: 'Maya', country: 'US', timeZone: 'Europe/Lisbon' };

/** A crew of one person that is being saved, and then what the database says. */
function saving(snapshotRate: number | undefined, id = RUN) {
  const deps = {
    ...{ catalogue, backendVersion: '0.1.0', snapshotRate },
    onInspectorFailure: (error: unknown) => {
      throw error;
    },
    isJob: () => false,
  };
  const chart = registry.live('crew-creation');
  if (chart === undefined) throw new Error('The registry has just been made of it.');
  const origin = { sessionId: SESSION, platform: 'web' as const, version: '1.2.3' };
  const stimulus = { at: Date.UTC(2026, 5, 1, 12), correlationId: SESSION, origin };
  const give = (member: Member, event: { type: string; [field: string]: unknown }) => {
    const moved = stepMember(deps, member, { event, stimulus });
    if (moved === undefined) throw new Error(`${event.type} was not taken.`);
    return moved;
  };
  const person = { name: 'Bo', phone: '+14155550101' };
  const begun = beginMember(deps, { chart, id, owner: OWNER, input: { organizer } }, stimulus);
  const ready = [
    { type: 'organizer.named_crew', name: 'Night Owls' },
    { type: 'organizer.typed_person', person },
    { type: 'organizer.finished_adding' },
    { type: 'organizer.saved_crew' },
  ].reduce(give, begun);
  const error = { code: 'db.save_failed', retryable: true };
  const failed = give(ready, { type: 'xstate.error.actor.saveCrew', error, actorId: 'saveCrew' });
  expect(failed.drafts.flatMap(({ problems }) => problems)).toEqual([]);
  return failed.drafts.map(({ row }) => row);
}

test('an error leaves where its run stands, in counts and without a name or a number of a person', () => {
  const rows = saving(0);
  expect(rows.at(-2)?.event_type).toBe('error');
  expect(rows.at(-1)).toMatchObject({
    ...{ event_type: 'state_snapshot', platform: 'system', version: '0.1.0' },
    ...{ organizer_id: OWNER, session_id: SESSION, invitee_phone: null },
    metadata: {
      ...{ machine: 'crew-creation', run_id: RUN, status: 'active', trigger: 'on_error' },
      ...{ sample_rate: 1, counts: { members: 1 } },
    },
  });
  expect(JSON.stringify(rows.at(-1))).not.toMatch(/Bo|Owls|Maya|\+1415/);
});

test('a run that is sampled leaves one with each step, and no other run does', () => {
  const taken = (id: string) =>
    saving(0.01, id).flatMap(({ event_type: type, metadata }) =>
      type === 'state_snapshot' ? [metadata.trigger] : [],
    );
  expect(taken(LOW)).toEqual([...Array(5).fill('sampled'), 'on_error']);
  expect(taken(RUN)).toEqual(['on_error']);
});

test('nothing leaves one where they are off', () => {
  const types = new Set(saving(undefined, LOW).map(({ event_type: type }) => type));
  expect([types.has('error'), types.has('state_snapshot')]).toEqual([true, false]);
});
