/**
 * `npm test`: runs vitest and ends with the plain line `N passed, N failed`, counted from vitest's own report. A crash,
 * a file that does not load, an error outside every test, and a run of no tests are failures too.
 *
 * Tests of the contract's cases each bring a row of the QA sheet, which is written to `sheet.json` at the root.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('vitest/package.json');
const vitest = join(dirname(manifest), 'vitest.mjs');

/** As test/support/sheet.ts makes it; here only the id and the verdict matter. */
type SheetRow = { readonly case: string; readonly verdict: string };

/** The part of vitest's JSON report that we count. */
type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly meta?: { readonly sheet?: SheetRow } }[];
  }[];
};

const folder = await mkdtemp(join(tmpdir(), 'funlet-report-'));
try {
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const args = [vitest, 'run', ...reporters, ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [code, signal] = await once(child, 'exit');

  const report = await readFile(file, 'utf8').then(
    (text): Report => JSON.parse(text),
    () => undefined,
  );
  const unloaded = report?.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const passed = report?.numPassedTests ?? 0;
  let failed = (report?.numFailedTests ?? 0) + (unloaded?.length ?? 0);
  if (failed === 0 && code !== 0) {
    failed = 1;
    console.log(
      `vitest ended with ${signal ?? `code ${code}`} though no test failed: read its output above.`,
    );
  } else if (passed + failed === 0) {
    failed = 1;
    console.log('No test ran: the pattern matches no file, or all tests are skipped.');
  }
  await writeSheet(report);
  const skipped = report?.numPendingTests ?? 0;
  if (skipped > 0) console.log(`${skipped} did not run: the output above says why.`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The sheet of this run; a run without cases leaves the last one alone. */
async function writeSheet(report: Report | undefined): Promise<void> {
  const results = report?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
  const rows = results
    .flatMap(({ meta }) => meta?.sheet ?? [])
    .toSorted((a, b) => a.case.localeCompare(b.case, 'en', { numeric: true }));
  if (rows.length === 0) return;
  await writeFile('sheet.json', `${JSON.stringify(rows, null, 2)}\n`);
  const exact = rows.filter(({ verdict }) => verdict === 'exact').length;
  console.log(`sheet.json: ${exact} of ${rows.length} cases of the contract are exact`);
}
