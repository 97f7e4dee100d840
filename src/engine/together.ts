/*
 * A commit of several steps or instances, or of a step with transaction actors: one transaction of
 * its own. Steps are decided in memory, actors run under savepoints inside it, and everything is
 * written at the end with the `seq` that was read. Someone else's step in between rolls all of it
 * back, and the whole is done again.
 */
import type { Send, Start } from '../../machines/kit.ts';
import type { Stimulus, Trace } from '../behavior/inspector/index.ts';
import type { AnyEvent } from '../behavior/observed.ts';
import { type InstanceRow, loadInstances } from '../store/instances.ts';
import type { Tx } from '../store/orm.ts';
import { holdSession, type OfSession } from '../store/sessions.ts';
import { transact } from '../store/transact.ts';
import { writeInstances } from '../store/write-instances.ts';
import {
  doneEvent,
  failedEvent,
  isLost,
  type ReadingScope,
  type TransactionScope,
} from './actors.ts';
import { askIn } from './asking.ts';
import { writesOf } from './commit.ts';
import { type Core, DEADLINE_MS, idsOf, timeAfter, writeModels } from './core.ts';
import {
  type Birth,
  beginMember,
  inSession,
  type Member,
  memberOf,
  stepMember,
  unknownChart,
} from './member.ts';
import type { Call } from './promises.ts';

/** What a plan may do; each returns the member as it stands when its calls are settled. */
export type Together = {
  readonly stimulus: Stimulus;
  /** Undefined where no transition takes the event. */
  readonly step: (
    row: InstanceRow,
    event: AnyEvent,
    prepare?: (member: Member) => Member,
  ) => Promise<Member | undefined>;
  readonly begin: (birth: Birth, prepare?: (member: Member) => Member) => Promise<Member>;
};

/** A stimulus whose time is still to be decided. */
export type TimelessStimulus = Omit<Stimulus, 'at'>;

type Result = {
  readonly written: boolean;
  /** Nothing was written, as the session that was to be entered has ended. */
  readonly isSessionOver: boolean;
  readonly members: readonly Member[];
  /** As they were written. */
  readonly rows: readonly InstanceRow[];
};

/** The time of this commit turned out too early for an instance that joined it. */
class TooEarly extends Error {
  readonly floor: number;
  constructor(floor: number) {
    super('An instance in this commit has stepped later: begin again after it.');
    this.floor = floor;
  }
}

/**
 * Carries out `plan` as one commit. `written` is false where another commit came between: read again
 * and do it again. `floors`: times (epoch ms) that the commit must lie after. `enters`: a session in which an
 * instance begins or goes on, which is not to end before that is committed.
 */
export async function commitTogether(
  core: Core,
  of: {
    readonly stimulus: TimelessStimulus;
    readonly floors: readonly number[];
    readonly enters?: OfSession | undefined;
  },
  plan: (together: Together) => Promise<void>,
): Promise<Result> {
  const stimulus = { ...of.stimulus, at: timeAfter(core, of.floors) };
  try {
    const result = await transact(core.sql, DEADLINE_MS, async (tx) => {
      const isOver = of.enters !== undefined && (await holdSession(tx, of.enters)) === 'over';
      return isOver ? { ...NOTHING, isSessionOver: true } : run(core, tx, stimulus, plan);
    });
    for (const row of result.rows) core.memory.keep(row);
    core.after({ jobs: result.members.some(({ promised }) => promised.length > 0) });
    return result;
  } catch (error) {
    if (error instanceof TooEarly) {
      return commitTogether(core, { ...of, floors: [...of.floors, error.floor] }, plan);
    }
    if (error instanceof Overtaken) return NOTHING;
    throw error;
  }
}

const NOTHING: Result = { written: false, isSessionOver: false, members: [], rows: [] };

/** Thrown inside the transaction so that it rolls back. */
class Overtaken extends Error {}

async function run(
  core: Core,
  tx: Tx,
  stimulus: Stimulus,
  plan: (together: Together) => Promise<void>,
): Promise<Result> {
  const session: Session = { core, tx, stimulus, members: new Map() };
  await plan({
    stimulus,
    step: (row, event, prepare) => step(session, row, event, prepare),
    begin: (birth, prepare) => begin(session, birth, { stimulus, prepare }),
  });
  const members = [...session.members.values()];
  const { writes, models } = writesOf(members);
  const ids = idsOf(await writeInstances(tx, writes));
  const rows = writes.map(({ row }) => row);
  if (rows.some(({ id }) => !ids.has(id))) {
    for (const row of rows) core.memory.forget(row);
    throw new Overtaken();
  }
  await writeModels(core, tx, models);
  return { written: true, isSessionOver: false, members, rows };
}

/** Members stand in the order of their last steps: that is the order in which they ended. */
type Session = {
  readonly core: Core;
  readonly tx: Tx;
  readonly stimulus: Stimulus;
  members: Map<string, Member>;
};

function keep(session: Session, member: Member): Member {
  session.members.delete(member.row.id);
  session.members.set(member.row.id, member);
  return member;
}

function join(session: Session, row: InstanceRow): Member {
  const joined = session.members.get(row.id);
  if (joined !== undefined) return joined;
  if (row.steppedAt >= session.stimulus.at) throw new TooEarly(row.steppedAt);
  const chart = session.core.charts.find(row.machine, row.version);
  if (chart === undefined) throw unknownChart(row);
  return memberOf(chart, row);
}

async function step(
  session: Session,
  row: InstanceRow,
  event: AnyEvent,
  prepare: (member: Member) => Member = (member) => member,
): Promise<Member | undefined> {
  const { core, stimulus } = session;
  const moved = stepMember(core.member, join(session, row), { event, stimulus });
  return moved === undefined ? undefined : settle(session, keep(session, prepare(moved)));
}

async function begin(
  session: Session,
  birth: Birth,
  of: { readonly stimulus: Stimulus; readonly prepare?: ((member: Member) => Member) | undefined },
): Promise<Member> {
  const member = beginMember(session.core.member, birth, of.stimulus);
  return settle(session, keep(session, of.prepare?.(member) ?? member));
}

/** Runs the actors that a member waits for, until it waits for none. */
async function settle(session: Session, member: Member): Promise<Member> {
  const [call, ...rest] = member.calls;
  if (call === undefined) return member;
  const waiting = keep(session, { ...member, calls: rest });
  const event = await runCall(session, waiting, call);
  const current = session.members.get(member.row.id) ?? waiting;
  const moved = stepMember(session.core.member, current, { event, stimulus: session.stimulus });
  return moved === undefined ? settle(session, current) : settle(session, keep(session, moved));
}

async function runCall(session: Session, member: Member, call: Call): Promise<AnyEvent> {
  const { transaction, readings = {} } = session.core.actors;
  const actor = transaction[call.src] ?? readings[call.src];
  if (actor === undefined) throw new Error(`No actor '${call.src}' is registered.`);
  const before = new Map(session.members);
  try {
    const output = await session.tx.savepoint((tx) =>
      actor(call.input as never, scopeOf({ session, tx, member })),
    );
    return doneEvent(call.id, output);
  } catch (error) {
    if (error instanceof TooEarly || isLost(error)) throw error;
    session.members = before;
    return failedEvent(call.id, error);
  }
}

function scopeOf(of: {
  readonly session: Session;
  readonly tx: Tx;
  readonly member: Member;
}): TransactionScope & ReadingScope {
  const { session, tx, member } = of;
  const { row } = member;
  const trace = row.trace as Trace;
  return {
    ...{ tx, sql: tx, ask: askIn(tx) },
    at: session.stimulus.at,
    self: { id: row.id, owner: row.organizerId, sessionId: trace.origin?.sessionId ?? null },
    send: async ({ to, owner, event }: Send) => {
      const target = await find(session, owner, to);
      if (target?.status === 'active') await step(session, target, event);
      return target !== undefined;
    },
    start: async ({
      machine,
      id,
      owner,
      input,
      origin,
    }: Start & { origin?: Stimulus['origin'] }) => {
      const chart = session.core.charts.live(machine);
      if (chart === undefined) throw new Error(`There is no chart '${machine}' to start.`);
      const stimulus = { ...session.stimulus, ...(origin === undefined ? {} : { origin }) };
      await begin(session, { chart, id, owner, input }, { stimulus });
    },
    isAfter: (at) => {
      if (at >= session.stimulus.at) throw new TooEarly(at);
    },
    rebind: async (id, sessionId) => {
      const target = await find(session, row.organizerId, id);
      if (target === undefined) return;
      keep(session, inSession(join(session, target), sessionId, session.stimulus.at));
    },
  };
}

async function find(session: Session, owner: string, id: string): Promise<InstanceRow | undefined> {
  const joined = session.members.get(id);
  if (joined !== undefined) return joined.row;
  const [row] = await loadInstances(session.tx, [{ organizerId: owner, id }]);
  return row;
}
