/* The devices that organizers are pushed to. */
import { and, eq, ne } from 'drizzle-orm';
import { devices } from '../../drizzle/schema.ts';
import { ormOf, type Queryable } from './orm.ts';

/** `id` stands for organizer, platform and device; `token` is the push service's address of the app there. */
export type DeviceRow = {
  readonly organizerId: string;
  readonly id: string;
  readonly token: string;
};

/** More than one person carries; the latest are told. */
const MAX_DEVICES = 10;

const isDevice = ({ organizerId, id }: Pick<DeviceRow, 'organizerId' | 'id'>) =>
  and(eq(devices.organizerId, organizerId), eq(devices.id, id));

/** Keeps where a device is reached. Whoever had the token before is no longer told there. */
export async function saveDevice(
  sql: Queryable,
  { at, ...device }: DeviceRow & { readonly at: number },
): Promise<void> {
  const orm = ormOf(sql);
  const { organizerId, token } = device;
  const taken = and(eq(devices.token, token), ne(devices.organizerId, organizerId));
  await orm.delete(devices).where(taken);
  const registeredAt = new Date(at);
  await orm
    .insert(devices)
    .values({ ...device, registeredAt })
    .onConflictDoUpdate({
      target: [devices.organizerId, devices.id],
      set: { token, registeredAt },
    });
}

export async function dropDevice(
  sql: Queryable,
  device: Pick<DeviceRow, 'organizerId' | 'id'>,
): Promise<void> {
  await ormOf(sql).delete(devices).where(isDevice(device));
}

/** The device's token; undefined once it was forgotten. */
export async function findToken(
  sql: Queryable,
  device: Pick<DeviceRow, 'organizerId' | 'id'>,
): Promise<string | undefined> {
  const [found] = await ormOf(sql)
    .select({ token: devices.token })
    .from(devices)
    .where(isDevice(device));
  return found?.token;
}

/** Of each organizer, the devices, latest first. */
export async function listDevices(
  sql: Queryable,
  organizerIds: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const rows = await sql<{ n: number; id: string }[]>`
    select asked.n::int as n, d.id
    from unnest(${[...organizerIds]}::uuid[]) with ordinality as asked(organizer_id, n)
    cross join lateral (
      select id, registered_at from devices where organizer_id = asked.organizer_id
      order by registered_at desc, id limit ${MAX_DEVICES}
    ) d
    order by asked.n, d.registered_at desc, d.id`;
  const found = organizerIds.map((): string[] => []);
  for (const { n, id } of rows) found[n - 1]?.push(id);
  return found;
}
