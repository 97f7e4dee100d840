/* What is wrong between variables that are right each by itself. */
import { isGiven } from './config-values.ts';

type Read = Readonly<
  Partial<
    Record<
      | 'FUNLET_ENV'
      | 'TWILIO_ACCOUNT_SID'
      | 'TWILIO_AUTH_TOKEN'
      | 'TWILIO_MESSAGING_SERVICE_SID'
      | 'TWILIO_FROM'
      | 'TWILIO_API_URL'
      | 'PUBLIC_URL'
      | 'AUTH_SECRET'
      | 'AUTH_JWKS_URL'
      | 'DELAYS',
      string
    >
  >
>;

/** A sentence for each. */
export function contradictions(read: Read): readonly string[] {
  const production = read.FUNLET_ENV === 'production';
  const twilio = [read.TWILIO_ACCOUNT_SID, read.TWILIO_AUTH_TOKEN];
  const senders = [read.TWILIO_MESSAGING_SERVICE_SID, read.TWILIO_FROM].filter(isGiven);
  const isTwilio = [...twilio, ...senders, read.TWILIO_API_URL].some(isGiven);
  const isReal = isTwilio && !isGiven(read.TWILIO_API_URL);
  const auths = [read.AUTH_SECRET, read.AUTH_JWKS_URL].filter(isGiven);
  const rules: readonly (readonly [boolean, string])[] = [
    [
      isTwilio && !twilio.every(isGiven),
      'Twilio is configured in part: set both TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.',
    ],
    [
      isTwilio && senders.length !== 1,
      'Twilio needs one sender: set either TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM.',
    ],
    [
      isReal && !isGiven(read.PUBLIC_URL),
      'Twilio must reach this server and signs its requests for that address: set PUBLIC_URL.',
    ],
    [auths.length > 1, 'Tokens are checked in one way: set either AUTH_SECRET or AUTH_JWKS_URL.'],
    [
      production && !isTwilio,
      'FUNLET_ENV=production does not run on the local carrier, which sends nothing: set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM.',
    ],
    [
      production && auths.length === 0,
      'FUNLET_ENV=production does not run with a development secret: set AUTH_SECRET or AUTH_JWKS_URL.',
    ],
    [
      production && isGiven(read.DELAYS),
      'FUNLET_ENV=production keeps the delays of its charts: unset DELAYS, or use FUNLET_ENV=staging.',
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, sentence]) => sentence);
}
