/*
 * What a step wants to know before it can be committed: its readings are carried out one after the other, and each
 * result is a step of the same commit. A member that waits for a transaction actor is left waiting.
 */
import type { Stimulus, Trace } from '../behavior/inspector/index.ts';
import type { AnyEvent } from '../behavior/observed.ts';
import { doneEvent, failedEvent, isLost, type ReadingActor } from './actors.ts';
import type { Core } from './core.ts';
import { type Member, stepMember } from './member.ts';
import type { Call } from './promises.ts';

/** The member after its readings, as far as they come before anything else that it waits for. */
export async function afterReadings(
  core: Core,
  member: Member,
  stimulus: Stimulus,
): Promise<Member> {
  const [call, ...rest] = member.calls;
  const actor = call === undefined ? undefined : core.actors.readings?.[call.src];
  if (call === undefined || actor === undefined) return member;
  const waiting = { ...member, calls: rest };
  const event = await read(core, { actor, call, member, at: stimulus.at });
  const moved = stepMember(core.member, waiting, { event, stimulus });
  return afterReadings(core, moved ?? waiting, stimulus);
}

async function read(
  core: Core,
  of: {
    readonly actor: ReadingActor;
    readonly call: Call;
    readonly member: Member;
    readonly at: number;
  },
): Promise<AnyEvent> {
  const { actor, call, member, at } = of;
  const { id, organizerId: owner, trace } = member.row;
  const self = { id, owner, sessionId: (trace as Trace).origin?.sessionId ?? null };
  try {
    return doneEvent(
      call.id,
      await actor(call.input as never, { sql: core.reading, ask: core.ask, at, self }),
    );
  } catch (error) {
    if (isLost(error)) throw error;
    return failedEvent(call.id, error);
  }
}
