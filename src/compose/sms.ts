/* SMS put together: the carrier of the configuration or the local one, and Twilio's webhooks. */
import { createHash } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Metrics } from '../api/metrics.ts';
import { type ErrorCode, errorFact } from '../behavior/registries.ts';
import type { Config, TwilioConfig } from '../config.ts';
import type { Engine } from '../engine/index.ts';
import { createAlarms } from '../sms/alarms.ts';
import type { Carrier } from '../sms/carrier/carrier.ts';
import { type Alarm, FILTERED } from '../sms/carrier/codes.ts';
import { createTwilioCarrier } from '../sms/carrier/twilio-carrier.ts';
import { receiveInbound } from '../sms/inbound.ts';
import { createLocalCarrier, type LocalCarrier } from '../sms/local-carrier/local-carrier.ts';
import type { OnLost } from '../sms/reports.ts';
import { createStandstill, type Standstill } from '../sms/standstill.ts';
import { receiveStatus } from '../sms/statuses.ts';
import { webhookRouter } from '../sms/webhook/webhook-router.ts';
import { countLost } from '../store/messages.ts';
import type { Sql } from '../store/orm.ts';
import type { OperationalLog } from './operational-log.ts';

const LOCAL_NUMBER = '+14155550100';
const WEBHOOK_PATH = '/webhooks/twilio/sms';

export type Account = TwilioConfig & { readonly local?: LocalCarrier };

/** The account to send with: the configured one, or a local carrier that is started for it. */
export async function openAccount(
  config: Pick<Config, 'twilio' | 'carrierHandlesOptOut' | 'env'>,
  of: {
    readonly secret: string;
    readonly publicUrl: string;
    readonly now: () => number;
    readonly id: () => string;
  },
): Promise<Account> {
  if (config.twilio !== undefined) return config.twilio;
  const digest = (name: string) => createHash('md5').update(`${name}:${of.secret}`).digest('hex');
  const accountSid = `AC${digest('account')}`;
  const authToken = digest('token');
  const local = createLocalCarrier(
    {
      ...{ accountSid, authToken, now: of.now, id: of.id },
      numbers: [LOCAL_NUMBER],
      optOut: config.carrierHandlesOptOut ? 'default' : 'none',
      showsPhones: config.env === 'development',
    },
    { url: of.publicUrl + WEBHOOK_PATH, fallbackUrl: `${of.publicUrl}${WEBHOOK_PATH}/fallback` },
  );
  const apiUrl = await local.listen();
  return {
    accountSid,
    authTokens: [authToken],
    sender: { numbers: [LOCAL_NUMBER] },
    apiUrl,
    local,
  };
}

/** Ours to send from; none where a messaging service chooses. */
export const numbersOf = ({ sender }: Pick<TwilioConfig, 'sender'>): readonly string[] =>
  'numbers' in sender ? sender.numbers : [];

export const carrierOf = (
  { accountSid, authTokens, sender, apiUrl }: TwilioConfig,
  of: { readonly publicUrl: string; readonly handlesOptOut: boolean; readonly now: () => number },
): Carrier =>
  createTwilioCarrier({
    ...{ accountSid, authToken: authTokens[0], ...of },
    sender: 'numbers' in sender ? { from: sender.numbers[0] } : sender,
    provider: apiUrl === undefined ? 'twilio' : 'emulator',
    ...(apiUrl && { apiUrl }),
  });

/** Somebody has to mend the account when it begins. */
export const standstillOf = ({
  metrics,
  log,
  now,
}: {
  readonly metrics: Metrics;
  readonly log: Pick<OperationalLog, 'warn'>;
  readonly now: () => number;
}): Standstill =>
  createStandstill({
    now,
    onBegin: () => {
      metrics.events.inc({ event: 'sending_stopped' });
      log.warn('the carrier takes no texts of ours: mend the account, they wait meanwhile');
    },
  });

/** Somebody has to look at our registration, or at what we send. */
export const alarmsOf = ({
  sql,
  metrics,
  log,
  now,
}: Pick<WebhooksDeps, 'sql' | 'metrics' | 'log' | 'now'>): OnLost => {
  const alarms = createAlarms({
    now,
    countFiltered: async (id, since) => {
      const { taken, lost: filtered } = await countLost(sql, { id, code: FILTERED, since });
      return { taken, filtered };
    },
    onAlarm: (alarm) => {
      metrics.events.inc({ event: alarm });
      log.warn(`the carrier loses texts of ours: ${SAYS[alarm]}`, { alarm });
    },
    onFailure: (error) => log.trouble('alarms', error),
  });
  // It delays nobody, and is not missed where it fails.
  return (textId, code) => void alarms(textId, code);
};

const SAYS: Readonly<Record<Alarm, string>> = {
  texts_filtered: 'more than 2 % of a day are filtered as spam (30007), look at what they say',
  sender_not_provisioned: 'a number is not provisioned there (30024), look at its registration',
  sender_not_verified: 'a toll-free number is not verified (30032), look at its registration',
};

export type WebhooksDeps = {
  readonly account: TwilioConfig;
  readonly carrier: Carrier;
  readonly standstill: Standstill;
  readonly onLost: OnLost;
  readonly engine: Pick<Engine, 'promise' | 'nudge' | 'notes'>;
  readonly sql: Sql;
  readonly publicUrl: string;
  readonly metrics: Metrics;
  readonly log: Pick<OperationalLog, 'warn' | 'trouble'>;
  readonly now: () => number;
  readonly id: () => string;
  readonly onFailure: (error: unknown, route: string) => void;
};

export function webhooksOf(deps: WebhooksDeps): Middleware {
  const { account, engine, metrics, publicUrl, id, onFailure, carrier, sql, now } = deps;
  const { sender, accountSid, authTokens } = account;
  const note = (code: ErrorCode) =>
    engine.notes.take({ type: 'error', correlationId: id(), metadata: errorFact(code, true) });
  const common = { sql, now, nudge: engine.nudge };
  return webhookRouter({
    ...{ authTokens, publicUrl, accountSid },
    onFailure: (error, route) => {
      note('sms.handler_failed');
      onFailure(error, route);
    },
    ownNumbers: new Set(numbersOf(account)),
    ...('messagingServiceSid' in sender && sender),
    onInbound: receiveInbound({
      ...common,
      carrier,
      hashKeys: authTokens,
      onConflict: () => note('sms.sid_conflict'),
    }),
    onStatus: receiveStatus({
      ...common,
      promise: engine.promise,
      onUnknown: (why) => metrics.events.inc({ event: `status_of_unknown_${why}` }),
      onMismatch: () => note('sms.status_mismatch'),
      onStop: deps.standstill.begin,
      onLost: deps.onLost,
    }),
    onMalformed: (kind) => note(kind === 'own_number' ? 'sms.own_number' : 'sms.malformed_webhook'),
    counter: (route, outcome) => metrics.webhooks.inc({ route, outcome }),
  });
}
