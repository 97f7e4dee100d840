/* What a session does to its flows when it ends, inside the commit in which it does. */
import type { EndFlows, FlowActions, RenewSession } from '../../machines/session.model.ts';
import type { TransactionScope } from '../engine/index.ts';
import { dropDevice } from '../store/devices.ts';
import { closeSession, countFlowActions, listOpenFlows } from '../store/sessions.ts';

/**
 * `endFlows`: every open flow of the session is told, and drops off in the same commit. A device that was
 * logged out of gets no more pushes: the next to use it may be somebody else.
 */
export async function endFlows(
  { reason, left }: EndFlows,
  { tx, self: { id, owner }, send }: Pick<TransactionScope, 'tx' | 'self' | 'send'>,
): Promise<FlowActions> {
  const of = { organizerId: owner, sessionId: id };
  await closeSession(tx, of);
  const actions = await countFlowActions(tx, of);
  for (const flow of await listOpenFlows(tx, of)) {
    await send({ to: flow, owner, event: { type: 'session.ended', reason } });
  }
  if (left !== null) await dropDevice(tx, { organizerId: owner, id: left });
  return { actions };
}

/** `renewSession`: another session begins, and the open flows go on in it. */
export async function renewSession(
  { nextId, platform, appVersion, device }: RenewSession,
  scope: Pick<TransactionScope, 'tx' | 'self' | 'start' | 'rebind'>,
): Promise<FlowActions> {
  const { tx, self } = scope;
  const of = { organizerId: self.owner, sessionId: self.id };
  await closeSession(tx, of);
  const actions = await countFlowActions(tx, of);
  const flows = await listOpenFlows(tx, of);
  await scope.start({
    ...{ machine: 'session', id: nextId, owner: self.owner },
    input: { platform, appVersion, device, previousSessionId: self.id },
    origin: { sessionId: nextId, platform, version: appVersion },
  });
  for (const flow of flows) await scope.rebind(flow, nextId);
  return { actions };
}
