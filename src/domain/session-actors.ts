/* What a session does to its flows when it ends, inside the commit in which it does. */
import type { EndFlows, FlowActions, RenewSession } from '../../machines/session.model.ts';
import type { TransactionScope } from '../engine/index.ts';
import { dropDevice } from '../store/devices.ts';
import { closeSession, listOpenFlows, lookBack } from '../store/sessions.ts';

/**
 * `endFlows`: every open flow of the session is told, and drops off in the same commit. A device that was
 * logged out of gets no more pushes: the next to use it may be somebody else.
 */
export async function endFlows(
  { reason, left }: EndFlows,
  scope: Pick<TransactionScope, 'tx' | 'self' | 'send' | 'isAfter'>,
): Promise<FlowActions> {
  const { tx, self, send } = scope;
  const { id, owner } = self;
  const of = { organizerId: owner, sessionId: id };
  await closeSession(tx, of);
  const { actions, lastStepAt } = await lookBack(tx, of);
  // A flow that has just ended by itself is none of the open ones, and still comes before the end of its session.
  scope.isAfter(lastStepAt);
  for (const flow of await listOpenFlows(tx, of)) {
    await send({ to: flow, owner, event: { type: 'session.ended', reason } });
  }
  if (left !== null) await dropDevice(tx, { organizerId: owner, id: left });
  return { actions };
}

/** `renewSession`: another session begins, and the open flows go on in it. */
export async function renewSession(
  { nextId, platform, appVersion, device }: RenewSession,
  scope: Pick<TransactionScope, 'tx' | 'self' | 'start' | 'rebind' | 'isAfter'>,
): Promise<FlowActions> {
  const { tx, self } = scope;
  const of = { organizerId: self.owner, sessionId: self.id };
  await closeSession(tx, of);
  const { actions, lastStepAt } = await lookBack(tx, of);
  scope.isAfter(lastStepAt);
  const flows = await listOpenFlows(tx, of);
  await scope.start({
    ...{ machine: 'session', id: nextId, owner: self.owner },
    input: { platform, appVersion, device, previousSessionId: self.id },
    origin: { sessionId: nextId, platform, version: appVersion },
  });
  for (const flow of flows) await scope.rebind(flow, nextId);
  return { actions };
}
