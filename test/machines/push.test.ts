import { describe, expect, test } from 'vitest';
import { days, seconds } from '../../machines/kit.ts';
import * as push from '../../machines/push.machine.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { flow, RUN } from '../support/flow.ts';

const eventId = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';
const begun = () =>
  flow(push, {
    ...{ kind: 'all_replied', device: 'dddddddd-dddd-4ddd-8ddd-dddddddddddd' },
    ...{ body: 'Dinner: 2 in, 0 out.', subject: { eventId, crewId: null, syncupId: null } },
  });
const received = { type: 'app.received_push', receipt: 'app', appState: 'background' };
const opened = { type: 'app.opened_push', action: 'button' };

test('the chart keeps the rules of charts', () => {
  expect(problemsOf(push, new Set(['sendPush']))).toEqual([]);
});

describe('a push', () => {
  test('P-1 is received and opened, each with what the device said of it', () => {
    const story = begun().done('sendPush', 'accepted').logged().isIn('live.sent');
    story.on(received, 2_000).logged('push_received');
    expect(story.rows()[0]).toMatchObject({ event_id: eventId, platform: 'ios_app' });
    expect(story.row('push_received')).toMatchObject({
      ...{ push_id: RUN, kind: 'all_replied', receipt: 'app', app_state: 'background' },
    });
    story.on(opened, 3_000).logged('push_opened{button}');
    expect(story.row('push_opened')).toMatchObject({ action: 'button', ms_since_sent: 5_000 });
  });

  test('P-3, P-6 takes a receipt and a tap once', () => {
    begun()
      .done('sendPush', 'accepted')
      .on(received)
      .refuses(received)
      .on(opened)
      .refuses(opened)
      .refuses(received);
  });

  test('P-4 is opened without a receipt; a receipt that comes later is logged when it comes', () => {
    begun()
      .done('sendPush', 'accepted')
      .on(opened)
      .logged('push_opened{button}')
      .on(received)
      .logged('push_received');
  });

  test('may be received and opened before the push service has answered', () => {
    const story = begun().on(received, 100).on(opened, 100).logged('push_opened{button}');
    expect(story.row('push_opened')).toMatchObject({ ms_since_sent: 200 });
    story.done('sendPush', 'accepted').isIn('live.sent');
    expect(story.view()).toMatchObject({ received: true, opened: true });
  });

  test('is tried again while the service is busy, with growing waits, and at most five times', () => {
    const story = begun();
    for (let tries = 1; tries < 5; tries += 1) {
      story.done('sendPush', 'busy').logged('error{push.transient}').isIn('live.retrying');
      expect(story.row('error')).toMatchObject({ attempt: tries, handled: true });
      expect(story.delays()).toMatchObject({ pushRetry: seconds(10 * 2 ** (tries - 1)) });
      story.after('pushRetry');
    }
    story.done('sendPush', 'busy').logged('error{push.transient}').isIn('live.unsent');
  });

  test('to an app that is gone is no error; one that was refused, or threw, is', () => {
    begun().done('sendPush', 'gone').logged().isIn('live.unsent');
    begun().done('sendPush', 'rejected').logged('error{push.rejected}').isIn('live.unsent');
    begun()
      .fails('sendPush', { code: 'db.unavailable', retryable: true })
      .logged('error{db.unavailable}')
      .isIn('live.retrying');
    begun().fails('sendPush', { code: 'flow.exception', retryable: false }).isIn('live.unsent');
  });

  test('keeps its words only until it needs no sending, and ends after a month', () => {
    const story = begun().done('sendPush', 'accepted').on(received);
    expect(JSON.stringify(story.context())).not.toContain('Dinner');
    story.after('pushFarewell').logged().isIn('over');
    expect(story.now()).toBeGreaterThanOrEqual(days(30));
  });
});
