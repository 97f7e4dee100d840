/*
 * The local carrier's page as any browser gets it, over HTTP: these run everywhere. That it also looks and
 * feels so is in phones-page-in-chromium.test.ts.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { invitee, newSid } from '../webhook/webhook-server.ts';
import { startWorld, textTo, type World, type WorldOptions } from './world.ts';

let world: World;

afterEach(() => world.close());

const ana = '+14155550111';
const ben = '+14155550112';

async function open(options: WorldOptions = {}): Promise<string> {
  world = await startWorld({ ...options, carrier: { showsPhones: true, ...options.carrier } });
  return world.apiUrl;
}

const pageAt = async (url: string): Promise<string> => (await fetch(`${url}/`)).text();

const phonesOf = (page: string): readonly string[] =>
  [...page.matchAll(/<h2 id="phone-\w+-name">([^<]*)</g)].map(([, phone = '']) => phone);

type Typed = Readonly<Record<string, string>>;

/** As the page's script sends it, unless the headers say otherwise. */
const reply = (url: string, typed: Typed, headers: Typed = { accept: 'application/json' }) =>
  fetch(`${url}/replies`, {
    ...{ method: 'POST', redirect: 'manual', headers },
    body: new URLSearchParams(typed),
  });

const untilDelivered = (sid: string) =>
  world.local.waitForMessage((message) => message.sid === sid && message.status === 'delivered');

async function sent(to: string, body: string): Promise<string> {
  const outcome = await world.carrier.send(textTo(to, body));
  if (outcome.kind !== 'accepted') throw new Error(`The text was not taken: ${outcome.kind}.`);
  await untilDelivered(outcome.sid);
  return outcome.sid;
}

/** What the stream says, until it has said something that matches. */
async function streamed(
  response: Response,
  pattern: RegExp,
  act: () => Promise<unknown> = async () => undefined,
): Promise<string> {
  const acted = act();
  let said = '';
  for await (const chunk of response.body ?? []) {
    said += Buffer.from(chunk).toString('utf8');
    if (pattern.test(said)) break;
  }
  await acted;
  return said;
}

describe('the page of the local carrier', () => {
  test('shows what each phone was texted and wrote, with its delivery, the newest phone first', async () => {
    const url = await open();
    await sent(ana, 'Climbing night? Reply YES or NO.');
    await world.local.script({ steps: [{ status: 'undelivered', errorCode: 30003 }] });
    await world.carrier.send(textTo(ben, 'Picnic?'));
    await world.local.waitForMessage(({ status }) => status === 'undelivered');
    expect(phonesOf(await pageAt(url))).toEqual([ben, ana]);

    await world.local.inbound({ from: ana, body: 'sure thing' });
    const page = await pageAt(url);
    expect(phonesOf(page)).toEqual([ana, ben]);
    const told = [...page.matchAll(/class="body">([^<]*)<[\s\S]*?class="status">([^<]*)</g)];
    expect(told.map(([, body, status]) => [body, status])).toEqual([
      ['Climbing night? Reply YES or NO.', 'delivered'],
      ['sure thing', 'received'],
      ['Picnic?', 'undelivered (30003)'],
    ]);
  });

  test('shows texts and senders as text, whatever is in them', async () => {
    const url = await open();
    const evil = `<img src=x onerror="alert(1)"> & '</li><script>alert(2)</script>`;
    await world.local.inbound({ from: '"><b>Bob', body: evil, sid: '"><i>' });
    await sent(ana, evil);
    const page = await pageAt(url);
    expect(page).not.toMatch(/<img|<b>|<i>|alert\(2\)<\/script/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;&lt;/li&gt;');
    const stream = await fetch(`${url}/phones/changes`);
    expect(await streamed(stream, /\n\n.*\n\n$/s)).not.toMatch(/<img|<b>|<i>|<script/);
  });

  test('lets nothing run or load but its own script and style', async () => {
    const url = await open();
    for (const path of ['/', '/phones.js', '/phones.css']) {
      const answer = await fetch(url + path);
      expect(answer.status).toBe(200);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(await pageAt(url)).not.toMatch(/ on\w+=|style=|<script(?! src="\/phones\.js")/);
  });

  test('sends a typed reply through the signed webhook, to the number that had written', async () => {
    const second = '+14155550199';
    const url = await open({
      carrier: { numbers: ['+14155550100', second] },
      webhooks: { ownNumbers: new Set(['+14155550100', second]) },
    });
    await world.local.inbound({ from: ana, to: second, body: 'who is this?' });
    const [, to = ''] = /name="to" value="([^"]*)"/.exec(await pageAt(url)) ?? [];
    const answer = await reply(url, { from: ana, to, body: 'Count me in' });
    expect([answer.status, await answer.json()]).toEqual([200, { said: '' }]);
    expect(world.server.messages.at(-1)).toMatchObject({ from: ana, to: second });
    expect(world.server.messages).toHaveLength(2);
  });

  test('takes a reply without a script, too, and shows the page again', async () => {
    const url = await open();
    const answer = await reply(url, { from: ana, body: 'ok yes' }, {});
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(await pageAt(url)).toContain('>ok yes<');
    const blank = await reply(url, { from: ana, body: '' }, {});
    expect([blank.status, blank.headers.get('content-type')]).toEqual([
      422,
      'text/html; charset=utf-8',
    ]);
    expect(await blank.text()).toContain('That is no text');
    expect(world.server.messages).toHaveLength(1);
  });

  test('says so when the webhook does not take a reply', async () => {
    const url = await open({ webhooks: { authTokens: ['another token'] } });
    const answer = await reply(url, { from: ana, body: 'yes' });
    expect([answer.status, await answer.json()]).toEqual([
      502,
      { said: 'The text was taken, but the webhook answered 403.' },
    ]);
  });

  test('takes no reply from a page of another site, nor one that is no form', async () => {
    const url = await open();
    for (const site of ['cross-site', 'same-site']) {
      const foreign = await reply(url, { from: ana, body: 'yes' }, { 'sec-fetch-site': site });
      expect(foreign.status).toBe(403);
    }
    const wrong: readonly Typed[] = [
      { from: ' ', body: 'yes' },
      { from: ana },
      { from: ana, body: 'yes', times: '9' },
      { from: ana, body: 'y'.repeat(1_601) },
    ];
    for (const typed of wrong) expect((await reply(url, typed)).status).toBe(422);
    const json = await fetch(`${url}/replies`, { method: 'POST', body: '{"from":"+1"}' });
    expect(json.status).toBe(422);
    expect(await world.local.messages()).toEqual([]);
  });

  test('tells what is new as it happens, and after a cut only what came since', async () => {
    const url = await open();
    await sent(invitee, 'Lunch?');
    const [, since = ''] = /data-version="(\d+)"/.exec(await pageAt(url)) ?? [];
    const live = await fetch(`${url}/phones/changes?since=${since}`);
    expect(live.headers.get('content-type')).toContain('text/event-stream');
    const said = await streamed(live, /sure.*\n\n/, () => reply(url, { from: ana, body: 'sure' }));
    expect(said).toMatch(/event: phones\nid: \d+\ndata: \["<article/);
    expect(said).not.toContain('Lunch?');

    const id = /id: (\d+)/.exec(said)?.[1] ?? '';
    const again = await fetch(`${url}/phones/changes?since=0`, {
      headers: { 'last-event-id': id },
    });
    const rest = await streamed(again, /later.*\n\n/, () =>
      world.local.inbound({ from: ben, body: 'later', sid: newSid() }),
    );
    expect(rest).not.toContain('sure');

    const newer = await fetch(`${url}/phones/changes?since=1000`);
    expect(await streamed(newer, /event/)).toContain('event: anew');
  });

  test('names every field, and fits a narrow window', async () => {
    const url = await open();
    await sent(ana, 'Lunch?');
    const page = await pageAt(url);
    const fields = [...page.matchAll(/<input (?!type="hidden")[^>]*id="([^"]+)"/g)];
    expect(fields).toHaveLength(3);
    for (const [, id] of fields) expect(page).toContain(`<label for="${id}">`);
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('content="width=device-width, initial-scale=1"');
    expect(page).toMatch(/role="status"/);
    expect(page).toMatch(/role="log" aria-labelledby="phone-\w+-name" tabindex="0"/);
  });

  test('is not there unless it is asked for', async () => {
    const url = await open({ carrier: { showsPhones: false } });
    for (const path of ['/', '/phones.js', '/phones.css', '/phones/changes']) {
      expect((await fetch(url + path)).status).toBe(404);
    }
    expect((await reply(url, { from: ana, body: 'yes' })).status).toBe(404);
  });
});
