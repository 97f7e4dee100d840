export type { Answer, Refused } from './answers.ts';
export { type ClientOptions, call, type Received, type Request } from './call.ts';
export {
  type Beginning,
  type Client,
  createClient,
  type Keyed,
  type Unfinished,
} from './client.ts';
export {
  type Flow,
  type FlowEvent,
  type FlowInput,
  MACHINES,
  type Machine,
  type SessionEvent,
  type Via,
} from './flows.ts';
export type { Change } from './follow.ts';
export { messagesOf, type ServerMessage } from './sse.ts';
