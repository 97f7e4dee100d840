import { describe, expect, it } from 'vitest';
import { type ReplyContext, understand } from '../../../src/sms/understanding/index.ts';

/** Replies written for this test, " | " or a line break between two. */
const replies = (text: string) => text.trim().split(/\s*(?: \| |\n)\s*/u);
const INVITE: ReplyContext = { ctx: 'event' };
const POLL: ReplyContext = { ctx: 'syncup', options: 3 };
const OPT_OUTS = replies(`
  STOP | stop | Stop! | "STOP" | STOPALL | unsubscribe | Unsubscribe please | cancel | CANCEL.
  end | quit | revoke | optout | opt out | opt-out | alto | please stop texting me
  stop texting me | Stop sending me these messages | stop it | please stop
  take me off this list | take me off your list please | don't text me again | do not text me
  Do not contact me | Leave me alone | lose my number | no more texts | No more texts please
  I want to opt out | unsubscribe me | no me manden más mensajes | ya no me escriban
  dejen de mandarme mensajes | wrong number, stop texting me | Stop!! | stop all
  Stop all messages | STOP PLEASE | Stop texting | stop bothering me
  Stop messaging this number | quit texting me | Unsubscribe from this list
  please unsubscribe me | opt me out | Take me off this | remove me | Remove my number
  please remove my number from your list | do not message me again | Don't ever text me again
  I don't want these texts | I don't want to receive these messages anymore
  no more messages please | stop now | please stop it | just stop
`);
const HELPS = replies(`
  help | HELP! | info | ayuda | help me | HELP ME | help!! | Info
`);
const NOT_OPT_OUTS = replies(`
  stop by around 5 | bus stop is where? | can't stop won't stop | don't stop | stopp | shop
  step | helpful | help is on the way | cancel it all | S T O P | end this | Cancel all
  who is this? stop texting me | not stop | nonstop | don't stop believing | stop sign
  stopped by | last stop | quitting time | the end | weekend | endless | canceled | cancelled
  I canceled my plans so yes | is it cancelled? | Did you cancel? | Please cancel my reservation
  Cancel me | info please | more info | what is this | how does this work | what are my options
  can you help me | what do I type | commands | restart | get started | I can't stop by
  canceling | cancel my spot | cancel my RSVP please | I'll stop by after work
`);

describe('carrier words and opt-outs', () => {
  it.each(OPT_OUTS)('%j ends all texts, whatever is open', (text) => {
    for (const context of [INVITE, POLL, { ctx: 'none' } as const])
      expect(understand(text, context).kind).toBe('stop');
  });
  it.each(HELPS)('%j asks for help', (text) => {
    expect(understand(text, INVITE).kind).toBe('help');
  });
  it.each(NOT_OPT_OUTS)('%j does not opt out', (text) => {
    expect(understand(text, INVITE).kind).not.toBe('stop');
  });
  it.each(['START', 'unstop', 'Start.'])('%j opts in again', (text) => {
    expect(understand(text, INVITE)).toMatchObject({ kind: 'start', rule: 'compliance.word' });
  });
  it('"yes" answers the invite and is no opt-in', () => {
    expect(understand('YES', { ctx: 'none' }).kind).toBe('yes');
  });
  it('"cancel" alone is the carrier word, "cancel my rsvp" an answer', () => {
    expect(understand('Cancel', INVITE).kind).toBe('stop');
    expect(understand('Cancel my rsvp', INVITE).kind).toBe('no');
  });
});
