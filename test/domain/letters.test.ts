import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PROMPT_CODES } from '../../machines/letters.ts';
import { withLetters } from '../../src/domain/letters.ts';
import { type PromptRow, writePrompts } from '../../src/store/prompts.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const [ANA, BO] = ['+14155550101', '+14155550102'];
const ID = '66666666-6666-4666-8666-66666666660';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.sql`truncate sms_prompts`;
});

const asked = (n: number, changes: Partial<PromptRow>): PromptRow => ({
  ...{ phone: ANA, id: `${ID}${n}`, ourNumber: '', organizerId: `${ID}0`, kind: 'event' },
  ...{ code: 'A', options: null, state: 'open', promptedAt: 0, closedAt: null },
  ...changes,
});

describe('a new question', () => {
  test('has the first letter where its phone has no other', async () => {
    expect(await withLetters(db.sql, [{ phone: ANA }, { phone: BO }])).toEqual([
      { phone: ANA, code: 'A' },
      { phone: BO, code: 'A' },
    ]);
  });

  test('has the smallest letter by which no other question of its phone could be meant', async () => {
    await writePrompts(db.sql, [
      asked(1, { code: 'A' }),
      asked(2, { code: 'D', state: 'queued' }),
      asked(3, { code: 'B', state: 'answered', closedAt: 1 }),
      asked(4, { code: 'E', state: 'closed', closedAt: 1 }),
    ]);
    expect(await withLetters(db.sql, [{ phone: ANA }, { phone: BO }])).toEqual([
      { phone: ANA, code: 'E' },
      { phone: BO, code: 'A' },
    ]);
  });

  test('has the letter of one that is answered where all are taken', async () => {
    await writePrompts(
      db.sql,
      PROMPT_CODES.map((code, n) => ({
        ...asked(0, { code, id: `66666666-6666-4666-8666-6666666666${10 + n}` }),
        ...(code === 'H' ? { state: 'answered' as const, closedAt: 1 } : {}),
      })),
    );
    expect(await withLetters(db.sql, [{ phone: ANA }])).toEqual([{ phone: ANA, code: 'H' }]);
  });
});
