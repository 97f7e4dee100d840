export type { InspectedChart } from './chart.ts';
export { type Draft, draftOf, type Entry, placeDrafts } from './draft.ts';
export {
  type Inspected,
  type Inspection,
  type InspectorDeps,
  inspect,
} from './inspect.ts';
export { type Beginning, newTrace, type Origin, type Stimulus, type Trace } from './trace.ts';
