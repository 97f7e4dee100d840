import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openAccount } from '../../../src/compose/sms.ts';
import { readConfig } from '../../../src/config.ts';

const LOCAL = { PORT: '0', AUTH_SECRET: 'a secret that is long enough for HS256, by far' };

/** The status of the page where a server of this environment runs its local carrier. */
async function pageIn(env: string): Promise<number> {
  const { local, apiUrl } = await openAccount(readConfig({ ...LOCAL, FUNLET_ENV: env }), {
    ...{ secret: 'secret', publicUrl: 'http://127.0.0.1:1', now: Date.now, id: randomUUID },
  });
  try {
    return (await fetch(`${apiUrl}/`)).status;
  } finally {
    await local?.close();
  }
}

test('the page of phones is there in development, and not in staging', async () => {
  expect(await pageIn('development')).toBe(200);
  expect(await pageIn('staging')).toBe(404);
});

test('production has no local carrier, and so no page', () => {
  expect(() => readConfig({ ...LOCAL, FUNLET_ENV: 'production' })).toThrow(
    /production does not run on the local carrier/,
  );
});
