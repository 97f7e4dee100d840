/* Tens of thousands of spoiled webhooks, signed and unsigned: each is answered, and none by an error of ours. */
import { isFine, nextMutation } from '../load/mutations.ts';
import { openTown, type Town } from '../parts/town.ts';
import type { Finding, Scenario, Stage } from '../scenario.ts';

const MUTATIONS = { short: 2_000, full: 50_000 };
const AT_ONCE = 16;
/** Longer than any answer may take: the webhook's own deadline is 4 s. */
const PATIENCE_MS = 15_000;

export const webhookFuzz: Scenario = {
  name: 'webhook-fuzz',
  claim: 'No webhook, however spoiled, is answered by an error of ours or not at all',
  run: async (stage) => {
    const town = await openTown(stage, { name: 'webhook_fuzz', servers: 1, delays: {} });
    try {
      return await play(stage, town);
    } finally {
      await town.close();
    }
  },
};

async function play({ random, sized }: Stage, town: Town): Promise<Finding> {
  const { account, nodes, publicUrl } = town;
  const target = {
    ...{ publicUrl, accountSid: account.sid, token: account.token },
    ownNumber: account.number,
  };
  const answers = new Map<number, number>();
  const broken = new Set<string>();
  let left = sized(MUTATIONS);
  const work = async (own: Stage['random']): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { path, ...request } = nextMutation(target, own);
      const asked = { ...request, signal: AbortSignal.timeout(PATIENCE_MS) } as RequestInit;
      const answer = await fetch(`${own.pick(nodes).url}${path}`, asked).catch(() => null);
      if (answer === null) {
        broken.add(`${request.method} ${path} was not answered.`);
        continue;
      }
      await answer.text();
      const type = answer.headers.get('content-type') ?? '';
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
      if (!isFine({ status: answer.status, type })) {
        broken.add(`${request.method} ${path} was answered ${answer.status} ${type}.`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => work(random.fork(`fuzz ${n}`))));
  return {
    facts: Object.fromEntries([...answers].map(([status, n]) => [`answered ${status}`, n])),
    broken: [...broken],
  };
}
