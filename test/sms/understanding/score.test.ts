import { describe, expect, it } from 'vitest';
import { type LabelledReply, scoreReplies } from '../../../src/sms/understanding/score.ts';
import { formatScore, verdictOn } from '../../../src/sms/understanding/score-table.ts';

const line = (reply: Partial<LabelledReply>) =>
  JSON.stringify({ tier: 'direct', source: 'test (x)', ctx: 'event', lang: 'en', ...reply });
const RIGHT = line({ text: 'yes', label: 'yes', accept: ['yes'] });
const CAUTIOUS = line({ text: 'xyzzy', label: 'yes', accept: ['yes', 'unknown'], tier: 'soft' });
const HARMFUL = line({ text: 'yes', label: 'unknown', accept: ['unknown'], tier: 'ood' });
const FLIPPED = line({ text: 'yes', label: 'no', accept: ['no'] });
const VOTE = line({
  text: '1 and 3',
  label: 'vote:[1,3]',
  accept: ['vote:[1,3]'],
  ctx: 'syncup',
  options: 3,
});

describe('the score', () => {
  it('counts right, acceptable, harmful and flipped readings by group', () => {
    const { groups, thrown } = scoreReplies([RIGHT, CAUTIOUS, '', HARMFUL, FLIPPED, VOTE]);
    expect(groups.get('ALL')).toEqual({ n: 5, strict: 2, accept: 3, harmful: 2, flips: 1 });
    expect(groups.get('tier:ood')).toMatchObject({ n: 1, harmful: 1 });
    expect(groups.get('label:vote')).toMatchObject({ n: 1, strict: 1 });
    expect(groups.get('src:test')).toMatchObject({ n: 5 });
    expect(thrown).toBe(0);
  });
  it('counts a line as slow by the clock it is given', () => {
    let now = 0;
    const clock = { now: () => (now += 21) };
    expect(scoreReplies([RIGHT], clock).slow).toBe(1);
  });
  it('passes the bar with right readings and names every demand that is missed', () => {
    expect(verdictOn(scoreReplies([RIGHT, VOTE], { now: () => 0 })).passed).toBe(true);
    const missed = verdictOn(scoreReplies([FLIPPED, HARMFUL], { now: () => 0 }));
    expect(missed.failed).toEqual([
      'direct strict >= 95 %',
      'ood, question and trap accept >= 98 %',
      'harmful <= 0.8 %',
    ]);
    expect(formatScore(scoreReplies([HARMFUL]))).toContain('The bar is missed: ');
  });
});
