/**
 * The local carrier as a process of its own, so that it keeps its messages while the server under
 * test is killed. Prints `{"url": …}` as its first line; ends at SIGTERM or SIGINT.
 */
import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import type { LocalCarrierDeps } from './exchange.ts';
import { createLocalCarrier } from './local-carrier.ts';

type Flags = {
  readonly port: string;
  readonly host: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly number: readonly string[];
  readonly messagingServiceSid?: string;
  readonly webhookUrl?: string;
  readonly fallbackUrl?: string;
  readonly statusDelayMs: string;
  readonly optOut: NonNullable<LocalCarrierDeps['optOut']>;
  readonly log?: true;
};

const flags = new Command()
  .name('local-carrier')
  .description('A small look-alike of Twilio for development and tests')
  .option('--port <port>', 'port; 0 takes a free one', '0')
  .option('--host <host>', 'address to listen on', '127.0.0.1')
  .requiredOption('--account-sid <sid>', 'account that may send')
  .requiredOption('--auth-token <token>', 'its token, which also signs webhooks')
  .option('--number <phones...>', 'own numbers, E.164', ['+14155550100'])
  .option('--messaging-service-sid <sid>', 'messaging service that may send')
  .option('--webhook-url <url>', 'where inbound messages go')
  .option('--fallback-url <url>', 'where they go when the webhook fails')
  .option('--status-delay-ms <ms>', 'between the status callbacks of a message', '20')
  .addOption(
    new Option('--opt-out <mode>', 'who deals with STOP, START and HELP')
      .choices(['default', 'advanced', 'none'])
      .default('default'),
  )
  .option('--log', 'tell on stderr what happens, without texts and numbers')
  .parse()
  .opts<Flags>();

const [first = '+14155550100', ...others] = flags.number;

const carrier = createLocalCarrier(
  {
    accountSid: flags.accountSid,
    authToken: flags.authToken,
    numbers: [first, ...others],
    ...(flags.messagingServiceSid && { messagingServiceSid: flags.messagingServiceSid }),
    optOut: flags.optOut,
    statusDelayMs: Number(flags.statusDelayMs),
    showsPhones: true,
    now: Date.now,
    id: randomUUID,
    ...(flags.log && {
      log: (event: string, facts: object) => console.error(JSON.stringify({ event, ...facts })),
    }),
  },
  flags.webhookUrl === undefined
    ? undefined
    : {
        url: flags.webhookUrl,
        ...(flags.fallbackUrl !== undefined && { fallbackUrl: flags.fallbackUrl }),
      },
);

const url = await carrier.listen(Number(flags.port), flags.host);
console.log(JSON.stringify({ url }));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void carrier.close());
}
