import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFine, nextMutation, type Target } from '../../bench/chaos/load/mutations.ts';
import { createRandom } from '../../bench/chaos/parts/random.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/server.ts';

/** 50,000 of them are `npm run chaos -- --only webhook-fuzz`. */
const MUTATIONS = 800;
const AT_ONCE = 8;
const target: Target = {
  publicUrl: 'https://funlet.example',
  accountSid: `AC${'a'.repeat(32)}`,
  token: 'atokenofthetests',
  ownNumber: '+14155550100',
};

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await testDatabase();
  server = await testServer(database, {
    env: {
      ...{ PUBLIC_URL: target.publicUrl, TWILIO_ACCOUNT_SID: target.accountSid },
      ...{ TWILIO_AUTH_TOKEN: target.token, TWILIO_FROM: target.ownNumber },
      TWILIO_API_URL: 'http://127.0.0.1:9',
    },
  });
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

test('webhooks spoiled in any way, signed or not, are all answered, and none by an error of ours', async () => {
  const seed = 20_261_122;
  const random = createRandom(seed);
  const wrong: string[] = [];
  const seen = new Set<number>();
  let left = MUTATIONS;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const { path, ...request } = nextMutation(target, random);
      const answer = await fetch(server.url + path, request as RequestInit);
      await answer.text();
      seen.add(answer.status);
      const type = answer.headers.get('content-type') ?? '';
      if (!isFine({ status: answer.status, type })) {
        wrong.push(`${request.method} ${path}: ${answer.status} ${type}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(wrong, `seed ${seed}`).toEqual([]);
  expect([...seen]).toEqual(expect.arrayContaining([200, 204, 400, 403, 405, 413, 415]));
  expect(server.troubles.filter(({ what }) => what.includes('webhook'))).toEqual([]);
}, 60_000);
