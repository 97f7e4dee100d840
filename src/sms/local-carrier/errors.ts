/** Twilio's REST errors that the local carrier gives, as the client reads them. */
import type { Context } from 'koa';

const errors = {
  20003: [401, 'Authenticate'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too Many Requests'],
  20500: [500, 'An internal server error has occurred'],
  21211: [400, "Invalid 'To' Phone Number"],
  21408: [400, "Permission to send an SMS has not been enabled for the region of the 'To' number"],
  21602: [400, 'Message body is required.'],
  21603: [400, "A 'From' phone number is required."],
  21604: [400, "A 'To' phone number is required."],
  21606: [400, "The 'From' phone number is not a valid, SMS-capable number of this account"],
  21610: [400, 'Attempt to send to unsubscribed recipient'],
  21611: [429, "This 'From' number has exceeded the maximum number of queued messages"],
  21612: [400, "The message cannot be sent with this combination of 'To' and 'From'"],
  21614: [400, "'To' number is not a valid mobile number"],
  21617: [400, 'The concatenated message body exceeds the 1600 character limit.'],
  21705: [400, 'The Messaging Service Sid is invalid'],
} as const satisfies Readonly<Record<number, readonly [status: number, message: string]>>;

export type RestErrorCode = keyof typeof errors;

/** Answers with the error's usual status, or another 5xx; a code that is not of ours is a 400. */
export function restError(ctx: Context, code: number, otherStatus?: number): void {
  const known = errors as Readonly<Partial<Record<number, readonly [number, string]>>>;
  const [usualStatus, message] = known[code] ?? [400, 'The message was refused'];
  const status = otherStatus ?? usualStatus;
  ctx.status = status;
  ctx.body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}
