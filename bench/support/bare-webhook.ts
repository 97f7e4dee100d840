/* The same webhook as the product's, behind which one row is inserted and nothing else happens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { derivedId, NIL_ID } from '../../src/behavior/derived-id.ts';
import { webhookRouter } from '../../src/sms/webhook/webhook-router.ts';
import { connect } from '../../src/store/connect.ts';
import { ACCOUNT } from './signed-texts.ts';

const [url = ''] = process.argv.slice(2);
const sql = connect({ url, max: 10, role: 'funlet_app', applicationName: 'bench bare webhook' });
const fail = (error: unknown) => {
  throw error;
};
const app = new Koa();
app.use(
  webhookRouter({
    authTokens: [ACCOUNT.authToken],
    publicUrl: ACCOUNT.publicUrl,
    accountSid: ACCOUNT.accountSid,
    ownNumbers: new Set([ACCOUNT.number]),
    onInbound: async ({ sid, from, to }) => {
      const id = derivedId(NIL_ID, `inbound:${sid}`);
      await sql`
        insert into inbound_messages (phone, sid, id, our_number, body_hash, readings, received_at)
        values (${from}, ${sid}, ${id}, ${to}, '', '{}', to_timestamp(${Date.now()}::float8 / 1000))
        on conflict (phone, sid) do nothing
        returning id`;
    },
    onStatus: async () => undefined,
    onMalformed: (kind) => fail(new Error(`A text was ${kind}.`)),
    counter: () => undefined,
    onFailure: fail,
  }),
);
const server = createServer(app.callback());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`The bare webhook listens on http://127.0.0.1:${port}`);
});
process.on('SIGTERM', () => process.exit(0));
