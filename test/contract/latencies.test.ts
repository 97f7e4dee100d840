/* How long things take, as rows: of each operation that the contract names, and never of themselves. */
import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../src/behavior/vocabulary.ts';
import { openTown } from './town.ts';

/** Of every sample. */
const town = openTown({}, { random: () => 0 });

const latencies = async () =>
  (await town.rows()).filter(({ event_type: type }) => type === 'latency');
/** A turn's own latency is written after all that was measured before it. */
async function writtenDown(): Promise<void> {
  const maya = await town.organizer();
  await maya.arrives();
  await maya.client.post('/v1/actions', { body: { action: 'help_opened', target: 'none' } });
  await town.row((row) => row.event_type === 'latency' && row.organizer_id === maya.owner);
}

describe('latency', () => {
  test('is kept of turns, steps, jobs, texts, pushes, round trips and pages of the log', async () => {
    const maya = await town.organizer('ios_app');
    await maya.client.put('/v1/device', { body: { token: `local-${maya.owner}` } });
    const phone = town.phone();
    await maya.invites([phone]);
    await town.row((row) => row.event_type === 'sms_sent' && row.invitee_phone === phone);
    await town.texts(phone, 'yes');
    await town.when(async () => {
      const pushed = await maya.client.get('/v1/development/pushes');
      return pushed.body.pushes.length > 0;
    });
    const reader = await town.server().client({ scope: 'behavior:read_all' });
    await town.when(async () => {
      const page = await reader.get('/v1/behavior/logs');
      return page.body.rows.length > 0;
    });
    const operations = async () =>
      new Set((await latencies()).map(({ metadata }) => metadata.operation));
    await town.when(async () => (await operations()).size === OPERATIONS.length);
    const [sent] = (await latencies()).filter(({ metadata }) => metadata.operation === 'sms_send');
    expect(sent).toMatchObject({
      ...{ organizer_id: maya.owner, platform: 'system', session_id: null, invitee_phone: null },
      metadata: { ok: true, breached: false, slo_ms: 3_000, sample_rate: 0.1 },
    });
    expect(sent?.metadata.provider_ms).toBeTypeOf('number');
  });

  test('is not kept of what writes it down, nor of reading it', async () => {
    const reader = await town.server().client({ scope: 'behavior:read_all' });
    const pageFrom = async (cursor: string) => {
      const page = await reader.get(`/v1/behavior/logs?limit=500&cursor=${cursor}`);
      expect(page.status, page.text).toBe(200);
      return page.body as { rows: { event_type: string }[]; cursor: string };
    };
    const exportsKept = async () =>
      (await latencies()).filter(({ metadata }) => metadata.operation === 'export').length;
    await writtenDown();
    const known = await exportsKept();
    const rows = await town.rows();
    const lastFact = rows.findLast(({ event_type: type }) => type !== 'latency');
    let cursor = String(lastFact?.id);
    await town.when(async () => {
      cursor = (await pageFrom(cursor)).cursor;
      return cursor >= String(rows.at(-1)?.id);
    });
    await writtenDown();
    expect(await exportsKept()).toBe(known);
  });

  test('keeps every invariant of the contract, and nothing is missing', () => town.holds());
});
