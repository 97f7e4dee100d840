/* What a session does to its flows when it ends, inside the commit in which it does. */
import type { TransactionScope } from '../engine/index.ts';
import { countFlowActions, listOpenFlows } from '../store/sessions.ts';

type Counted = { readonly actions: number };

/** `endFlows`: every open flow of the session is told, and drops off in the same commit. */
export async function endFlows(
  { reason }: { readonly reason: 'session_ended' | 'idle_timeout' },
  { tx, self: { id, owner }, send }: Pick<TransactionScope, 'tx' | 'self' | 'send'>,
): Promise<Counted> {
  const of = { organizerId: owner, sessionId: id };
  const actions = await countFlowActions(tx, of);
  for (const flow of await listOpenFlows(tx, of)) {
    await send({ to: flow, owner, event: { type: 'session.ended', reason } });
  }
  return { actions };
}

export type Renewal = {
  readonly nextId: string;
  readonly platform: 'web' | 'ios_app';
  readonly appVersion: string;
  readonly device: string;
};

/** `renewSession`: another session begins, and the open flows go on in it. */
export async function renewSession(
  { nextId, platform, appVersion, device }: Renewal,
  scope: Pick<TransactionScope, 'tx' | 'self' | 'start' | 'rebind'>,
): Promise<Counted> {
  const { tx, self } = scope;
  const of = { organizerId: self.owner, sessionId: self.id };
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
