/**
 * All that the local carrier remembers: messages, opt-outs, scripted plans and faults. Nothing of
 * it outlives the process, but as a process of its own it outlives the server under test.
 */
import { createStore } from '@xstate/store';
import type { Fault, StatusPlan } from './schemas.ts';

export type CarrierMessage = {
  readonly sid: string;
  readonly direction: 'outbound-api' | 'outbound-reply' | 'inbound';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly status: string;
  readonly errorCode: number | null;
  readonly segments: number;
  readonly media: number;
  readonly messagingServiceSid: string | null;
  readonly statusCallback: string | null;
  /** The carrier's own answer to STOP, START or HELP: never the server's. */
  readonly confirmation: 'stop' | 'start' | 'help' | null;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly sentAt: number | null;
  /** Grows with every change of any message: ask for what is newer than the last you saw. */
  readonly version: number;
};

export type MemoryState = {
  readonly version: number;
  readonly messages: readonly CarrierMessage[];
  /** `person>sender`, where a messaging service is one sender. */
  readonly optOuts: readonly string[];
  readonly plans: readonly StatusPlan[];
  readonly faults: readonly Fault[];
};

type Change = Partial<Pick<CarrierMessage, 'status' | 'errorCode' | 'sentAt'>>;

const empty: MemoryState = { version: 0, messages: [], optOuts: [], plans: [], faults: [] };

export type Memory = ReturnType<typeof createMemory>;

export const createMemory = () =>
  createStore({
    context: empty,
    on: {
      recorded: (state, event: { readonly message: Omit<CarrierMessage, 'version'> }) => {
        const version = state.version + 1;
        return { ...state, version, messages: [...state.messages, { ...event.message, version }] };
      },
      changed: (state, event: { readonly sid: string; readonly change: Change }) => {
        const version = state.version + 1;
        const messages = state.messages.map((message) =>
          message.sid === event.sid ? { ...message, ...event.change, version } : message,
        );
        return { ...state, version, messages };
      },
      optedOut: (state, event: { readonly key: string }) => ({
        ...state,
        optOuts: [...new Set([...state.optOuts, event.key])],
      }),
      optedIn: (state, event: { readonly key: string }) => ({
        ...state,
        optOuts: state.optOuts.filter((key) => key !== event.key),
      }),
      planned: (state, event: { readonly plan: StatusPlan }) => ({
        ...state,
        plans: [...state.plans, event.plan],
      }),
      planUsed: (state, event: { readonly plan: StatusPlan }) => ({
        ...state,
        plans: usedOnce(state.plans, event.plan),
      }),
      faulted: (state, event: { readonly fault: Fault }) => ({
        ...state,
        faults: [...state.faults, event.fault],
      }),
      faultUsed: (state, event: { readonly fault: Fault }) => ({
        ...state,
        faults: usedOnce(state.faults, event.fault),
      }),
    },
  });

export const stateOf = (memory: Memory): MemoryState => memory.getSnapshot().context;

export const messageBySid = (memory: Memory, sid: string): CarrierMessage | undefined =>
  stateOf(memory).messages.find((message) => message.sid === sid);

/** The plan for a message to this person, used up by one. */
export function takePlan(memory: Memory, to: string): StatusPlan | undefined {
  const plan = stateOf(memory).plans.find((each) => each.to === undefined || each.to === to);
  if (plan) memory.trigger.planUsed({ plan });
  return plan;
}

/** The fault for this request, used up by one. */
export function takeFault(memory: Memory, on: Fault['on'], to: string): Fault | undefined {
  const fault = stateOf(memory).faults.find(
    (each) => each.on === on && (each.to === undefined || each.to === to),
  );
  if (fault) memory.trigger.faultUsed({ fault });
  return fault;
}

function usedOnce<T extends { readonly times: number }>(all: readonly T[], used: T): readonly T[] {
  return all.flatMap((each) => {
    if (each !== used) return [each];
    return each.times > 1 ? [{ ...each, times: each.times - 1 }] : [];
  });
}
