/*
 * A request's JSON, from its raw bytes. Stricter than a body parser's: no byte order mark, no repair of
 * broken UTF-8, no scalars, no depth that `JSON.stringify` or jsonb would die of, no `__proto__`.
 */

import type { Context, Middleware } from 'koa';
import bodyParser from 'koa-bodyparser';
import { cleanJson } from '../sms/webhook/clean-text.ts';
import { Refusal } from './problems.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const LIMIT = '100kb';
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** What needs no looking at. */
const PLAIN: ReadonlySet<string> = new Set(['', 'application/json']);
/** Four times what the deepest body of ours needs. */
const MAX_DEPTH = 20;

/** Reads the raw bytes of a JSON body; other media types are refused. */
export function readBytes(): Middleware {
  // Without an encoding the bytes stay as they are; the option is missing from the types.
  const parser = bodyParser({
    ...({ encoding: null } as object),
    enableTypes: ['text'],
    extendTypes: { text: ['application/json', 'application/*+json'] },
    textLimit: LIMIT,
    onerror: (error) => {
      throw refusalOf(error);
    },
  });
  return async (ctx, next) => {
    if (ctx.method !== 'POST' && ctx.method !== 'PUT') return next();
    if (!PLAIN.has(ctx.get('Content-Type')) && !ctx.is('application/json', 'application/*+json')) {
      throw new Refusal(
        'unsupported_media_type',
        'The body is not JSON: send it as application/json.',
      );
    }
    return parser(ctx, next);
  };
}

/** The object in a request's body, with every string cleaned for storage. */
export function readJson(ctx: Context): JsonObject {
  const text = decode(ctx);
  refuseDepth(text);
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('it must be an object, { … }');
  }
  return cleanJson(value) as JsonObject;
}

/** The bytes as they came; empty where there is no body. */
export function bytesOf(ctx: Context): Buffer {
  const { body } = ctx.request as { body?: unknown };
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function decode(ctx: Context): string {
  const charset = ctx.request.charset.toLowerCase();
  if (charset !== '' && charset !== 'utf-8' && charset !== 'utf8') {
    throw invalid('its charset must be utf-8');
  }
  const bytes = bytesOf(ctx);
  if (bytes.length === 0) throw invalid('it is empty');
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw invalid('it is not valid UTF-8');
  }
}

function parse(text: string): unknown {
  // A reviver makes parsing five times slower: only where such a key may be, escaped perhaps.
  const isPlain = !text.includes('__proto__') && !text.includes('\\u');
  try {
    if (isPlain) return JSON.parse(text);
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw invalid('it has a key that no object may have');
      return value;
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw invalid('it does not parse');
  }
}

function refuseDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > MAX_DEPTH) throw invalid(`it is nested deeper than ${MAX_DEPTH} levels`);
  }
}

const invalid = (why: string): Refusal =>
  new Refusal(
    'invalid_json',
    `The body cannot be read as JSON, ${why}: correct it and send it again.`,
  );

function refusalOf(error: Error): Refusal {
  const { status, type } = error as { status?: number; type?: string };
  if (status === 413 || type === 'entity.too.large') {
    return new Refusal('body_too_large', `A body has at most ${LIMIT}: send less.`, {
      headers: { Connection: 'close' },
    });
  }
  if (status === 415) {
    return new Refusal(
      'unsupported_media_type',
      'The content encoding is not known: use gzip or none.',
    );
  }
  return invalid('it ended too early or is not encoded as it says');
}
