/* What a command of the command line works with. */
import type { Pools } from '../database.ts';

export type CommandDeps = {
  readonly pools: Pools;
  readonly now: () => number;
  readonly id: () => string;
  /** Of this build. */
  readonly version: string;
  /** Asks a command that goes on by itself to end. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
};
