/**
 * A webhook's form, read from the raw body. Body parsers will not do: they nest `a[b]`, drop keys
 * such as `__proto__` and take JSON for a form, and then a right signature looks wrong.
 */
import { type ParsedUrlQuery, parse } from 'node:querystring';
import type { Context } from 'koa';
import { readBody } from './read-body.ts';

/** As received: a null-prototype object; a key that came twice has an array. */
export type RawForm = Readonly<ParsedUrlQuery>;

/** Every key once: safe to read by name. */
export type Form = Readonly<Record<string, string>>;

export type FormRefusal =
  | 'method_not_allowed'
  | 'unsupported_media_type'
  | 'body_too_large'
  | 'invalid_encoding'
  | 'body_interrupted';

export type ReadForm =
  | { readonly ok: true; readonly form: RawForm }
  | { readonly ok: false; readonly why: FormRefusal };

/** Forty times what the longest message needs. */
const LIMIT_BYTES = 64 * 1024;

const MAX_PARAMS = 200;

const MEDIA_TYPE = 'application/x-www-form-urlencoded';

/** Reads a POSTed form. Never rejects. */
export async function readForm(ctx: Context): Promise<ReadForm> {
  if (ctx.method !== 'POST') return { ok: false, why: 'method_not_allowed' };
  if (!isPlainForm(ctx)) return { ok: false, why: 'unsupported_media_type' };
  const body = await readBody(ctx.req, LIMIT_BYTES);
  if (!body.ok) {
    return { ok: false, why: body.why === 'too_large' ? 'body_too_large' : 'body_interrupted' };
  }
  const text = utf8Of(body.bytes);
  if (text === undefined) return { ok: false, why: 'invalid_encoding' };
  return { ok: true, form: parse(text, '&', '=', { maxKeys: 0 }) };
}

/** The form with every key once; undefined if a key is repeated or there are more than 200. */
export function flatForm(form: RawForm): Form | undefined {
  const entries = Object.entries(form);
  if (entries.length > MAX_PARAMS) return undefined;
  const flat: Record<string, string> = Object.create(null);
  for (const [key, value] of entries) {
    if (typeof value !== 'string') return undefined;
    flat[key] = value;
  }
  return flat;
}

const isPlainForm = (ctx: Context): boolean =>
  ctx.request.type.trim().toLowerCase() === MEDIA_TYPE &&
  /^(utf-?8)?$/i.test(ctx.request.charset) &&
  /^(identity)?$/i.test(ctx.get('content-encoding'));

function utf8Of(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
