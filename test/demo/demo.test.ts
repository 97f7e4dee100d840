/*
 * The demo as its user runs it: a child process with real children of its own. It is played once; what it
 * kept is then spoiled, to see that it judges.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoEvidence } from '../../src/demo/checks.ts';

type Ended = { readonly exitCode: number | null; readonly said: string };

let folder: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'funlet-demo-test-'));
});
afterAll(async () => {
  for (const child of running) child.kill('SIGINT');
  await rm(folder, { recursive: true, force: true });
});

/** `onSaid` sees all that was said so far. */
async function demo(
  args: readonly string[],
  onSaid: (said: string, child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/demo/main.ts', ...args], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    onSaid(said, child);
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  running.delete(child);
  return { exitCode, said };
}

/** Left-over folders of the demo itself; the compiler keeps its cache beside them. */
const leftovers = async () => (await readdir(folder)).filter((name) => /^funlet-/.test(name));

describe('npm run demo', () => {
  let played: Ended;
  let evidence: DemoEvidence;
  const kept = () => join(folder, 'kept.json');

  beforeAll(async () => {
    played = await demo(['--save', kept()]);
    evidence = JSON.parse(await readFile(kept(), 'utf8').catch(() => '{}')) as DemoEvidence;
  }, 180_000);

  /** What the demo says of evidence that was spoiled. */
  async function judge(spoiled: DemoEvidence): Promise<Ended> {
    const file = join(folder, 'spoiled.json');
    await writeFile(file, JSON.stringify(spoiled));
    return demo(['--judge', file]);
  }

  test('plays the main job and finds every claim to hold', () => {
    expect(played.said).toMatch(/All \d+ claims hold\.\s*$/);
    expect(played.said).not.toContain('BROKEN');
    expect(played.exitCode).toBe(0);
  });

  test('prints who says what beside the rows, in 100 columns and without colors', () => {
    const lines = played.said.split('\n');
    // Some steps also leave how long they took, or where they stood: samples, of one line or two.
    const aside = '((latency|state_snapshot) .*\\n( *│ {3,}.*\\n)* *│ )*';
    const named = `^Maya +Friday climbers +│ ${aside}flow_step +name_`;
    expect(played.said).toMatch(new RegExp(named, 'm'));
    expect(lines).toContainEqual(expect.stringMatching(/│ invitee_timeout +…0114 first_reply/));
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(played.said).not.toContain('\u001b');
  });

  test('removes its folder', async () => {
    expect(await leftovers()).toEqual([]);
  });

  test('exits 1 and says where, when a row is missing or there twice', async () => {
    const isYes = (row: DemoEvidence['rows'][number]) => row.event_type === 'invitee_reply_yes';
    const twice = evidence.rows.filter(({ event_type }) => event_type === 'invitee_timeout');
    const again = twice.map((row) => ({
      ...row,
      id: `${row.id.slice(0, 8)}-ffff-7fff-8000-0${row.id.slice(-11)}`,
    }));
    const { exitCode, said } = await judge({
      ...evidence,
      rows: [...evidence.rows.filter((row) => !isYes(row)), ...again],
    });
    expect(exitCode).toBe(1);
    expect(said).toMatch(/BROKEN +I-1 .*\n +missing: expected invitee_reply_yes/);
    expect(said).toMatch(/BROKEN +I-17 .*\n +extra: invitee_timeout/);
    for (const invariant of ['6', '13']) expect(said).toMatch(new RegExp(`BROKEN +${invariant} `));
  }, 60_000);
});

test('the demo ends all that it started when it is interrupted', async () => {
  let interrupted = false;
  const { exitCode } = await demo([], (said, child) => {
    if (interrupted || !said.includes('session_start')) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  expect(exitCode).toBe(130);
  expect(await leftovers()).toEqual([]);
}, 60_000);
