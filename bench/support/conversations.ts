/* Conversations over HTTP: organizers with tokens, brought to `review`, and the circle that they go round. */
import { randomUUID } from 'node:crypto';
import { signToken } from '../../src/compose/development-secret.ts';
import { CIRCLE, OPENING } from './crowd.ts';
import { NEW_UUID, requestBytes } from './http-load.ts';

export const SECRET = 'a secret of the benchmarks, long enough for HS256';

/** One conversation: its requests, as bytes, in the order of the circle. */
export async function converse(url: string): Promise<readonly string[]> {
  const token = await signToken(SECRET, {
    ...{ owner: randomUUID(), platform: 'ios_app', deviceId: randomUUID() },
    expiresAt: Date.now() + 86_400_000,
  });
  const headers = { Authorization: `Bearer ${token}`, 'X-App-Version': '1.2.3' };
  const begun = await post(`${url}/v1/machines/crew-creation`, {}, headers);
  const session = { ...headers, 'X-Session-Id': begun.session };
  const path = `/v1/instances/${begun.id}/events`;
  for (const event of OPENING) await post(url + path, { ...event, via: 'text' }, session);
  return CIRCLE.map((event) =>
    requestBytes(new URL(url).host, {
      path,
      headers: { ...session, 'Idempotency-Key': NEW_UUID },
      body: JSON.stringify({ ...event, via: 'text' }),
    }),
  );
}

async function post(url: string, body: object, headers: Record<string, string>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  const { id } = JSON.parse(text) as { id: string };
  return { id, session: response.headers.get('X-Session-Id') ?? '' };
}
