import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DeliveryStatus,
  isDeliveryStatus,
  isForward,
} from '../../../machines/text.delivery.ts';

const isTerminal = (status: DeliveryStatus): boolean =>
  ['delivered', 'undelivered', 'failed', 'canceled', 'read'].includes(status);

const apply = (statuses: readonly DeliveryStatus[]): DeliveryStatus =>
  statuses.reduce((now, next) => (isForward(now, next) ? next : now), 'accepted');

test('B-24 delivered, then sent, then queued, each twice, stays delivered', () => {
  expect(apply(['delivered', 'delivered', 'sent', 'sent', 'queued', 'queued'])).toBe('delivered');
});

test('B-25 the first terminal status stays', () => {
  expect(apply(['delivered', 'failed'])).toBe('delivered');
  expect(apply(['failed', 'delivered'])).toBe('failed');
  expect(apply(['canceled', 'undelivered', 'read'])).toBe('canceled');
});

test('a delivered message may be read, and stays so', () => {
  expect(apply(['delivered', 'read', 'delivered'])).toBe('read');
});

test('in whatever order callbacks come, a message never goes back', () => {
  const status = fc.constantFrom<DeliveryStatus>(
    ...(['queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'read'] as const),
  );
  fc.assert(
    fc.property(fc.array(status), (statuses) => {
      const last = apply(statuses);
      const firstTerminal = statuses.find(isTerminal);
      return firstTerminal === undefined
        ? !isTerminal(last)
        : last === firstTerminal || (firstTerminal === 'delivered' && last === 'read');
    }),
  );
});

test('no word but a status is one', () => {
  expect(['toString', '__proto__', 'Delivered', ''].some(isDeliveryStatus)).toBe(false);
});
