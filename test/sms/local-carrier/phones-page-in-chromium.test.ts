/*
 * The local carrier's page as somebody sees and uses it. Without a Chromium these do not run, are counted as
 * skipped, and say so; the page's promises are tested over HTTP all the same, in phones-page.test.ts.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, startChromium } from './chromium.ts';
import { startWorld, textTo, type World } from './world.ts';

const path = chromiumPath();
if (path === undefined) {
  console.warn(
    'The page of the local carrier was not looked at in a browser: there is no Chromium here. Install the package chromium, or set CHROMIUM to its path. Over HTTP it is tested in phones-page.test.ts.',
  );
}

const ana = '+14155550111';
const ben = '+14155550112';

/** On a machine that may have other work. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });

describe.skipIf(path === undefined)('the page of the local carrier, in Chromium', () => {
  let browser: Browser;
  let world: World;
  let page: Page;
  let alarms: string[];

  beforeAll(async () => {
    browser = await startChromium(path ?? '');
  }, 60_000);
  afterAll(() => browser?.close());

  beforeEach(async () => {
    world = await startWorld({ carrier: { showsPhones: true } });
    page = await browser.newPage();
    alarms = [];
    page.on('dialog', (dialog) => {
      alarms.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('console', (said) => said.type() === 'error' && alarms.push(said.text()));
    page.on('pageerror', (error) => alarms.push(error.message));
    await page.goto(world.apiUrl);
  });
  afterEach(async () => {
    await page.close();
    await world.close();
  });

  const conversation = (phone: string) => page.getByRole('article', { name: phone });
  const replyAs = (phone: string) => page.getByLabel(`Reply as ${phone}`);
  const phones = () => page.getByRole('article').getByRole('heading').allTextContents();
  const texts = (phone: string) => conversation(phone).locator('.body').allTextContents();

  test('a text, its delivery and a typed reply show without a reload', async () => {
    await page.getByText('No phone has been texted yet.').waitFor();
    await world.local.script({
      steps: [{ status: 'sent' }, { status: 'undelivered', errorCode: 30003, afterMs: 300 }],
    });
    await world.carrier.send(textTo(ana, 'Climbing night? Reply YES or NO.'));
    await conversation(ana).getByText('Climbing night?').waitFor();
    await conversation(ana).getByText('undelivered (30003)').waitFor();

    await replyAs(ana).fill('count me in');
    await replyAs(ana).press('Enter');
    await conversation(ana).getByText('count me in').waitFor();
    await eventually(() => world.server.messages.length).toBe(1);
    expect(world.server.messages[0]).toMatchObject({ from: ana, body: 'count me in' });
    expect(await replyAs(ana).inputValue()).toBe('');
    expect(await page.getByText('No phone has been texted yet.').isVisible()).toBe(false);
    expect(alarms).toEqual([]);
  });

  test('the newest phone comes first, and whoever types goes on typing', async () => {
    await world.carrier.send(textTo(ben, 'Picnic?'));
    await world.carrier.send(textTo(ana, 'Climbing?'));
    await eventually(phones).toEqual([ana, ben]);
    await replyAs(ana).pressSequentially('I will ');
    await world.carrier.send(textTo(ben, 'Still there?'));
    await eventually(phones).toEqual([ben, ana]);
    await world.carrier.send(textTo(ana, 'And you?'));
    await eventually(phones).toEqual([ana, ben]);
    // To whatever has the focus.
    await page.keyboard.type('come');
    expect(await replyAs(ana).inputValue()).toBe('I will come');
    expect(await texts(ana)).toEqual(['Climbing?', 'And you?']);
  });

  test('what is no harmless text is shown as text', async () => {
    const evil = `<img src=x onerror="alert('image')"><script>alert('script')</script>`;
    await world.local.inbound({ from: '<b onclick=alert(1)>Bob', body: evil });
    await eventually(() => texts('<b onclick=alert(1)>Bob')).toEqual([evil]);
    await replyAs('<b onclick=alert(1)>Bob').fill(evil);
    await replyAs('<b onclick=alert(1)>Bob').press('Enter');
    await eventually(() => texts('<b onclick=alert(1)>Bob')).toEqual([evil, evil]);
    await page.reload();
    expect(await texts('<b onclick=alert(1)>Bob')).toEqual([evil, evil]);
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    expect(alarms).toEqual([]);
  });

  test('even a page that let a script through would not run it', async () => {
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')`,
    );
    await eventually(() => alarms.join()).toMatch(/Content Security Policy/);
    expect(alarms).not.toContain('1');
  });

  test('the keyboard alone writes as a phone that is not there yet', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.type(ben);
    await page.keyboard.press('Tab');
    await page.keyboard.type('who is this?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await eventually(() => texts(ben)).toEqual(['who is this?']);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    // Past the button of the conversation, which has come before.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('hello?');
    await page.keyboard.press('Enter');
    await eventually(() => texts(ben)).toEqual(['who is this?', 'hello?']);
  });

  test('a narrow window needs no scrolling sideways', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await world.carrier.send(textTo(ana, `Climbing ${'night'.repeat(60)}`));
    await conversation(ana).waitFor();
    await replyAs(ana).fill('wide'.repeat(100));
    await replyAs(ana).press('Enter');
    await eventually(() => texts(ana)).toHaveLength(2);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(await conversation(ana).getByRole('button', { name: 'Send' }).isVisible()).toBe(true);
  });

  test('a reply that the carrier did not take is told, and stays typed', async () => {
    await world.carrier.send(textTo(ana, 'Climbing?'));
    await conversation(ana).waitFor();
    await world.local.close();
    await page.getByRole('status').getByText('The local carrier does not answer').waitFor();
    await replyAs(ana).fill('yes');
    await replyAs(ana).press('Enter');
    await eventually(() => replyAs(ana).inputValue()).toBe('yes');
  });
});
