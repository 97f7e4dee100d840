/*
 * The port to whatever brings pushes to devices. It says what happened to one push and decides nothing:
 * retries are the push's own. Of the world's services none is built in; the local one stands for them.
 */
import type { PushKind } from '../behavior/vocabulary.ts';

/** One push to one app on one device. Giving the same `id` again must not show it a second time. */
export type PushMessage = {
  readonly id: string;
  readonly organizerId: string;
  /** The service's own address of the app on its device. */
  readonly token: string;
  readonly kind: PushKind;
  readonly body: string;
  /** What the app opens when it is tapped. */
  readonly eventId: string | null;
  readonly syncupId: string | null;
};

/** `gone`: the token is of no use any more. `busy`: not taken, and safe to give again. */
export type PushResult = 'accepted' | 'gone' | 'busy' | 'rejected';

export type PushService = {
  readonly send: (message: PushMessage) => Promise<PushResult>;
};
