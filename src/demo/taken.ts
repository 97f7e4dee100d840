/* What the demo asks of the server for itself, and what it makes of a refusal: the story cannot go on. */
import { SignJWT } from 'jose';
import type { Answer, ClientOptions } from '../client/index.ts';
import { call } from '../client/index.ts';

/** The value of an answer; a refusal ends the demo with its sentence. */
export function taken<T, Current>(answer: Answer<T, Current>): T {
  if (answer.ok) return answer.value;
  throw new Error(`The server said ${answer.code}: ${answer.detail}`);
}

/** What is at an address that no chat frontend asks for: the log. */
export async function readAt<T>(options: ClientOptions, path: string): Promise<T> {
  const received = await call(options, { method: 'GET', path });
  if (received?.status === 200) return JSON.parse(received.text) as T;
  throw new Error(`GET ${path} was answered ${received?.status ?? 'by nobody'}.`);
}

export type Claims = {
  readonly sub: string;
  readonly platform: 'ios_app' | 'web';
  readonly scope?: string;
};

/** A token as the house that runs the app would give it. */
export const tokenOf = (secret: string, claims: Claims): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
