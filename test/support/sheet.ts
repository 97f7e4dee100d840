/*
 * The QA sheet: one row per case of the contract. A test gives its row to vitest, whose report carries it
 * to `test/run.ts`, which writes `sheet.json`. Nothing is kept in files on the way.
 */
import type { TestContext } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { Verdict } from '../contract/verdict.ts';

export type SheetRow = {
  /** The contract's id: `CC-1`. */
  readonly case: string;
  readonly build: string;
  /** The charts that the case ran on: `crew-creation@1.0.0`. */
  readonly machine_version: string;
  readonly platform: string;
  /** In the contract's notation. */
  readonly expected: string;
  readonly logged: string;
  readonly verdict: Verdict;
};

declare module 'vitest' {
  interface TaskMeta {
    sheet?: SheetRow;
  }
}

/** Puts the row of a case on the sheet. */
export function onSheet({ task }: TestContext, row: Omit<SheetRow, 'build'>): void {
  task.meta.sheet = { ...row, build: manifest.version };
}
