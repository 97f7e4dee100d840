/* What a command of the command line works with. */
import type { Pools } from '../database.ts';

export type CommandDeps = {
  readonly pools: Pools;
  readonly now: () => number;
  /** Asks a command that goes on by itself to end. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
};
