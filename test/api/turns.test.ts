/* A turn whose session has ended, or ends before what it did is committed: it is done in the next one. */
import { expect, test } from 'vitest';
import { type Certainty, doTurn, type Turn } from '../../src/api/turn.ts';

const turns = () => {
  let taken = 0;
  const take = async (certainty: Certainty): Promise<Turn> => {
    taken += 1;
    return {
      ...{ owner: `session ${taken}`, cause: { correlationId: '', origin: null } },
      presumed: certainty === 'presumed',
    };
  };
  return { take, taken: () => taken };
};

test('a turn is done once in a session that lives', async () => {
  const { take, taken } = turns();
  const { done } = await doTurn(take, async () => ({ outcome: 'begun' }));
  expect([done.outcome, taken()]).toEqual(['begun', 1]);
});

test('a turn whose session has ended meanwhile is done in the next', async () => {
  const { take } = turns();
  const { turn, done } = await doTurn(take, async ({ owner }) => ({
    outcome: owner === 'session 3' ? 'begun' : 'session_over',
  }));
  expect([turn.owner, done.outcome]).toEqual(['session 3', 'begun']);
});

test('a turn gives up where every session ends under it', async () => {
  const { take } = turns();
  const doing = doTurn(take, async () => ({ outcome: 'session_over' }) as const);
  await expect(doing).rejects.toThrow('times in a row');
});

test.each(['refused', 'finished', 'duplicate', 'unresumable'])(
  'what comes to nothing (%s) in a session that is only presumed to live is looked at again in one that does',
  async (outcome) => {
    const { take, taken } = turns();
    const { turn, done } = await doTurn(take, async () => ({ outcome }));
    expect([turn.presumed, done.outcome, taken()]).toEqual([false, outcome, 2]);
  },
);
