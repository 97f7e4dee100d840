/* npm run readme: writes the generated parts of the README, on a PostgreSQL that is thrown away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/store/connect.ts';
import { startEmbedded } from '../../src/store/embedded/start.ts';
import { playConversation } from './conversation.ts';
import { delaysTable } from './delays.ts';
import { frontendLines } from './frontend.ts';
import { writeParts } from './readme.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'funlet-readme-'));
const { url, stop } = await startEmbedded({ dataDir });
const sql = connect({ url, max: 2, applicationName: 'readme' });
try {
  const conversation = await playConversation({ url, sql });
  await writeParts({ conversation, frontend: await frontendLines(), delays: delaysTable() });
  console.log('README.md is up to date.');
} finally {
  await sql.end();
  await stop();
  await rm(dataDir, { recursive: true, force: true });
}
