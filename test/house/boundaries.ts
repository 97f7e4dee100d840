/** Holds a checkout to the arrows of .dependency-cruiser.cjs. Seeing no modules is an error: it would say all is well. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export type Boundaries = {
  readonly modules: number;
  /** One sentence each: the rule, who, whom. */
  readonly violations: readonly string[];
};

type Report = {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
};

const depcruise = fileURLToPath(new URL('../../node_modules/.bin/depcruise', import.meta.url));

export async function readBoundaries(checkout: string): Promise<Boundaries> {
  const args = [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...args, 'src', 'machines', 'drizzle'],
    { cwd: checkout, maxBuffer: 2 ** 28 },
  );
  const { summary }: Report = JSON.parse(stdout);
  if (summary.totalCruised === 0) {
    throw new Error(
      `dependency-cruiser saw no modules in ${checkout}: it cannot read this version of TypeScript.`,
    );
  }
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  };
}
