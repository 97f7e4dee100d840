export type {
  Actors,
  JobActor,
  JobScope,
  ReadingScope,
  TransactionActor,
  TransactionScope,
} from './actors.ts';
export { type Ask, askTogether, type Question } from './asking.ts';
export { isDatabaseAway } from './away.ts';
export { type Batch, createBatch } from './batch.ts';
export type { EngineDeps, ModelWriter } from './core.ts';
export type { Delivery } from './deliver.ts';
export { createEngine, type Engine, type EngineHooks, type Running } from './engine.ts';
export { type Key, useOf } from './keys.ts';
export { type Measured, measuredActor } from './measuring.ts';
export { createNotes, type Note } from './notes.ts';
export type { Delivered, Started } from './outcome.ts';
export { type SendPayload, sendJob } from './promises.ts';
export { isRefused } from './sql-state.ts';
export { type Starting, startedId } from './start.ts';
