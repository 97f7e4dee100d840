/* The matcher itself, with logs that are broken in each way: a verdict that is never given proves nothing. */
import { describe, expect, test } from 'vitest';
import {
  createCatalogue,
  EXAMPLE_REGISTRIES,
  exampleRow,
} from '../../src/behavior/catalogue/index.ts';
import { entryId, type LogRow } from '../../src/behavior/row.ts';
import type { EventType } from '../../src/behavior/vocabulary.ts';
import { parse } from './notation.ts';
import { judge } from './verdict.ts';

const catalogue = createCatalogue(EXAMPLE_REGISTRIES);
const RUN = '0198c0de-0000-7000-8000-000000000006';
const NOON = 1_777_654_800_000;

type Drawn = { readonly type: EventType; readonly metadata?: Record<string, unknown> };

/** A log of one run: each list is one commit. */
function logOf(commits: readonly Commit[]): LogRow[] {
  let ordinal = 0;
  return commits.flatMap((commit, n) =>
    commit.map((drawn, position) => {
      const { type, metadata = {} } = typeof drawn === 'string' ? { type: drawn } : drawn;
      const at = NOON + n;
      const row = exampleRow(type);
      const correlation = `0198c0de-0000-7000-8000-${String(n).padStart(12, '0')}`;
      const id = entryId({ at, position, source: RUN, ordinal });
      ordinal += 1;
      return {
        ...row,
        id,
        timestamp: at,
        metadata: { ...row.metadata, correlation_id: correlation, ...metadata },
      };
    }),
  );
}

const judged = (expected: string, rows: readonly LogRow[], more: { never?: string[] } = {}) =>
  judge({ expected, rows, all: rows, catalogue, ...more });
const verdict = (expected: string, rows: readonly LogRow[]) => judged(expected, rows).verdict;

const step = (metadata: Record<string, unknown>): Drawn => ({ type: 'flow_step', metadata });
const CREW =
  'flow_started{crew_creation} → fs(add_contacts) → [crew_created flow_completed{created}]';
type Commit = readonly (EventType | Drawn)[];
const STARTED: Commit = ['flow_started'];
const STEPPED: Commit = ['flow_step'];
const ENDED: Commit = ['crew_created', 'flow_completed'];
const GOOD = [STARTED, STEPPED, ENDED];

describe('the verdict on a case is', () => {
  test('exact where the rows are those that are expected', () => {
    expect(judged(CREW, logOf(GOOD))).toEqual({
      verdict: 'exact',
      logged:
        'flow_started{crew_creation} → flow_step{add_contacts,completed,attempt:1,picker} → [crew_created flow_completed{created}]',
      detail: [],
    });
  });

  test('missing where one of them is not there, or says something else', () => {
    const without = judged(CREW, logOf([['flow_started'], ['crew_created', 'flow_completed']]));
    expect(without).toMatchObject({ verdict: 'missing', detail: ['missing: fs(add_contacts)'] });
    const skipped: Commit[] = [['flow_started'], [step({ outcome: 'skipped' })], ENDED];
    expect(verdict(CREW, logOf(skipped))).toBe('missing');
    expect(verdict(CREW, [])).toBe('missing');
  });

  test('extra where there is one more, or one that must not appear', () => {
    const twice = logOf([STARTED, STEPPED, STEPPED, ENDED]);
    expect(verdict(CREW, twice)).toBe('extra');
    const after = logOf([...GOOD, ['drop_off']]);
    expect(verdict(CREW, after)).toBe('extra');
    expect(judged('…', logOf(GOOD), { never: ['crew_created'] }).verdict).toBe('extra');
    expect(judged('…', logOf(GOOD), { never: ['event_created'] }).verdict).toBe('exact');
  });

  test('order where all are there and stand in another order, or not in one commit', () => {
    expect(verdict(CREW, logOf([STARTED, STEPPED, ['flow_completed', 'crew_created']]))).toBe(
      'order',
    );
    expect(verdict(CREW, logOf([STEPPED, STARTED, ENDED]))).toBe('order');
    expect(verdict(CREW, logOf([STARTED, STEPPED, ['crew_created'], ['flow_completed']]))).toBe(
      'order',
    );
  });

  test('order where a row of the same commit stands between those of a bracket', () => {
    const between = logOf([STARTED, STEPPED, ['crew_created', 'error', 'flow_completed']]);
    expect(verdict(`${CREW} → error`, between)).toBe('order');
  });

  test('schema where a row breaks its type', () => {
    const open = logOf([[{ type: 'flow_started', metadata: { entry: 'Anna' } }], STEPPED, ENDED]);
    expect(judged(CREW, open)).toMatchObject({
      verdict: 'schema',
      detail: ['flow_started: metadata.entry: invalid_value'],
    });
  });

  test('id where a row of a source is gone, or an id does not follow from its row', () => {
    const [, ...rest] = logOf(GOOD);
    expect(verdict('fs(add_contacts) → [crew_created flow_completed]', rest)).toBe('id');
    const elsewhere = logOf(GOOD).map((row) => ({ ...row, timestamp: row.timestamp + 1 }));
    expect(verdict(CREW, elsewhere)).toBe('id');
    const foreign = logOf([
      [{ type: 'flow_started', metadata: { flow_run_id: '0198c0de-0000-7000-8000-0000000000ff' } }],
    ]);
    expect(verdict('flow_started', foreign)).toBe('id');
  });

  test('not about latencies and snapshots', () => {
    const rows = logOf([['flow_started', 'latency'], ['state_snapshot']]);
    expect(verdict('flow_started', rows)).toBe('exact');
    const between = logOf([['crew_created', 'state_snapshot', 'flow_completed']]);
    expect(verdict('[crew_created flow_completed]', between)).toBe('exact');
  });
});

describe('the notation', () => {
  const steps = (...attempts: number[]) => logOf(attempts.map((attempt) => [step({ attempt })]));

  test.each([
    ['fs(add_contacts) ×2', [1, 2], 'exact'],
    ['fs(add_contacts) ×2', [1], 'missing'],
    ['fs(add_contacts) ×2', [1, 2, 3], 'extra'],
    ['{fs(add_contacts){attempt:1}}? → fs(add_contacts){attempt:2}', [2], 'exact'],
    ['{fs(add_contacts){attempt:1}}? → fs(add_contacts){attempt:2}', [1, 2], 'exact'],
    ['{fs(add_contacts){attempt:1}}? → fs(add_contacts){attempt:2}', [1, 1, 2], 'extra'],
    ['{fs(add_contacts){attempt:1}}* → fs(add_contacts){attempt:2}', [1, 1, 2], 'exact'],
    ['fs(add_contacts){attempt:1} | fs(add_contacts){attempt:2}', [2], 'exact'],
    ['fs(add_contacts){attempt:1} | fs(add_contacts){attempt:2}', [3], 'missing'],
    ['fs(add_contacts){attempt:1|3}', [3], 'exact'],
    ['(fs(title|add_contacts){attempt:1} → fs(add_contacts){attempt:2})', [1, 2], 'exact'],
    ['fs(add_contacts){attempt:2} ∥ fs(add_contacts){attempt:1}', [1, 2], 'exact'],
    ['(fs(add_contacts){attempt:1} → fs(add_contacts){attempt:2}) ×2 ∥', [1, 1, 2, 2], 'exact'],
    ['(fs(add_contacts){attempt:1} → fs(add_contacts){attempt:2}) ×2', [1, 1, 2, 2], 'order'],
    ['fs(add_contacts){attempt:1} → …', [1, 2, 3], 'exact'],
    ['… → fs(add_contacts){attempt:3}', [1, 2, 3], 'exact'],
    ['… → fs(add_contacts){attempt:2}', [1, 2, 3], 'missing'],
    ['fs(add_contacts){attempt:1, picker, selected_count:4}', [1], 'exact'],
    ['fs(add_contacts){attempt:1, selected_count, input:picker}', [1], 'exact'],
    ['fs(add_contacts){attempt:1, choice}', [1], 'missing'],
    ['fs(add_contacts){platform:web|ios_app}', [1], 'exact'],
  ])('%s against attempts %j is %s', (expected, attempts, said) => {
    expect(verdict(expected, steps(...attempts))).toBe(said);
  });

  test('takes a list for a value', () => {
    const rows = logOf([['invitee_vote']]);
    const choices = JSON.stringify(rows[0]?.metadata.choices);
    expect(verdict(`invitee_vote{choices:${choices}}`, rows)).toBe('exact');
    expect(verdict('invitee_vote{choices:[9]}', rows)).toBe('missing');
  });

  test.each(['flow_started →', '[flow_started', 'flow_begun', '{flow_started}', 'flow_started ]'])(
    'refuses %s',
    (text) => {
      expect(() => parse(text)).toThrow();
    },
  );
});
