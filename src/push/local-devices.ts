/*
 * Devices for development: what was pushed stays in memory, where it can be looked at. Nothing leaves the
 * process, and nothing survives it.
 */
import type { PushMessage, PushService } from './push-service.ts';

export type LocalDevices = PushService & {
  /** What an organizer's devices were sent, oldest first. */
  readonly sentTo: (organizerId: string) => readonly PushMessage[];
};

/** Tokens that behave like devices which cannot be reached, as the local carrier's numbers do. */
export const GONE_TOKEN = 'local-gone';
export const BUSY_TOKEN = 'local-busy';

const KEPT = 1_000;

export function createLocalDevices(): LocalDevices {
  const messages = new Map<string, PushMessage>();
  return {
    send: async (message) => {
      if (message.token === GONE_TOKEN) return 'gone';
      if (message.token === BUSY_TOKEN) return 'busy';
      messages.set(message.id, message);
      const [oldest] = messages.keys();
      if (messages.size > KEPT && oldest !== undefined) messages.delete(oldest);
      return 'accepted';
    },
    sentTo: (organizerId) =>
      [...messages.values()].filter((message) => message.organizerId === organizerId),
  };
}
