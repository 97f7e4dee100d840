/*
 * What is to be said of the rows of one case: exact, or how they differ from what the contract expects of
 * them. Rows that break their schema, or ids that do not follow from where the rows were made, come first.
 */
import type { Catalogue } from '../../src/behavior/catalogue/index.ts';
import { inOneCommit } from '../../src/behavior/reports/logged.ts';
import { type LogRow, parseEntryId, sourceKey } from '../../src/behavior/row.ts';
import { parse } from './notation.ts';
import { isDone, nameOf, type Pattern, stepsOf, type Wanted } from './pattern.ts';

export type Verdict = 'exact' | 'missing' | 'extra' | 'order' | 'schema' | 'id';

export type Judged = {
  readonly verdict: Verdict;
  /** The rows as they were logged, in the notation. */
  readonly logged: string;
  /** What is wrong with them; empty when nothing is. */
  readonly detail: readonly string[];
};

export type Case = {
  /** In the notation of the contract. */
  readonly expected: string;
  /** What must not appear, as single rows of the notation. */
  readonly never?: readonly string[];
  /** The rows of the case. */
  readonly rows: readonly LogRow[];
  /** All rows of the database, in which gaps are looked for. */
  readonly all: readonly LogRow[];
  readonly catalogue: Catalogue;
};

export function judge(given: Case): Judged {
  const rows = given.rows.filter(isCompared).toSorted(byId);
  const all = given.all.toSorted(byId);
  const logged = printedRows(rows);
  const broken = rows.flatMap((row) => schemaProblems(given.catalogue, row));
  if (broken.length > 0) return { verdict: 'schema', logged, detail: broken };
  const wrongIds = idProblems(rows, all);
  if (wrongIds.length > 0) return { verdict: 'id', logged, detail: wrongIds };
  return { logged, ...compare(parse(given.expected), closedUp(rows, all), given.never ?? []) };
}

const byId = (a: LogRow, b: LogRow): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const isCompared = ({ event_type: type }: LogRow): boolean =>
  type !== 'latency' && type !== 'state_snapshot';

/** As if the rows that are left out had no place in their commits; one beside a commit, of the same time, has none. */
function closedUp(rows: readonly LogRow[], all: readonly LogRow[]): readonly LogRow[] {
  const placeOf = ({ id }: LogRow) => parseEntryId(id).position;
  return rows.map((row) => {
    const beside = all.filter((other) => inOneCommit(other, row));
    const kept = new Set(beside.filter(isCompared).map(placeOf));
    const left = new Set(beside.filter((other) => !isCompared(other)).map(placeOf));
    const before = [...left].filter((place) => place < placeOf(row) && !kept.has(place)).length;
    const place = (placeOf(row) - before).toString(16).padStart(3, '0');
    return { ...row, id: `${row.id.slice(0, 15)}${place}${row.id.slice(18)}` };
  });
}

function schemaProblems(catalogue: Catalogue, row: LogRow): readonly string[] {
  const checked = catalogue.check(row);
  return checked.ok ? [] : checked.problems.map((problem) => `${row.event_type}: ${problem}`);
}

function idProblems(rows: readonly LogRow[], all: readonly LogRow[]): readonly string[] {
  const sources = new Set(rows.map(({ id }) => parseEntryId(id).sourceHash));
  return [
    ...new Set(rows.flatMap(ownIdProblems)),
    ...[...sources].flatMap((key) => gaps(key, all)),
  ];
}

/** An id follows from its row: its time, and for rows that name it their source. */
function ownIdProblems(row: LogRow): readonly string[] {
  const { at, sourceHash } = parseEntryId(row.id);
  const { flow_run_id: run } = row.metadata;
  const source = typeof run === 'string' ? run : null;
  return [
    ...(at === row.timestamp ? [] : [`${row.event_type} ${row.id} has another time in its id`]),
    ...(source === null || sourceKey(source) === sourceHash
      ? []
      : [`${row.event_type} ${row.id} has another source in its id`]),
  ];
}

function gaps(key: string, all: readonly LogRow[]): readonly string[] {
  const own = all.filter(({ id }) => parseEntryId(id).sourceHash === key);
  return own.flatMap(({ id, event_type: type }, place) =>
    parseEntryId(id).ordinal === place % 256
      ? []
      : [`${type} ${id} is not number ${place} of its source`],
  );
}

function compare(pattern: Pattern, rows: readonly LogRow[], never: readonly string[]) {
  const forbidden = never.map((text) => ({ text, pattern: parse(text) }));
  const unwelcome = rows.flatMap((row) =>
    forbidden
      .filter((one) => stepsOf(one.pattern).some((step) => step.takes(row)))
      .map(({ text }) => `${text} must not appear: ${printedRow(row)}`),
  );
  const { skipped, absent } = align(pattern, rows);
  const detail = [
    ...absent.map(({ text }) => `missing: ${text}`),
    ...skipped.map((row) => `extra: ${printedRow(row)}`),
    ...unwelcome,
  ];
  if (unwelcome.length > 0) return { verdict: 'extra' as const, detail };
  return { verdict: verdictOf(skipped, absent), detail };
}

function verdictOf(skipped: readonly LogRow[], absent: readonly Wanted[]): Verdict {
  if (absent.length === 0) return skipped.length === 0 ? 'exact' : 'extra';
  const left = [...skipped];
  const strayed = absent.every(({ holds }) => {
    const found = left.findIndex(holds);
    if (found !== -1) left.splice(found, 1);
    return found !== -1;
  });
  return strayed ? 'order' : 'missing';
}

type Path = {
  readonly pattern: Pattern;
  readonly place: number;
  readonly skipped: readonly LogRow[];
  readonly absent: readonly Wanted[];
};

const costOf = ({ skipped, absent }: Path): number => skipped.length + absent.length;

/** The way through the pattern that leaves out the fewest rows on either side. */
function align(pattern: Pattern, rows: readonly LogRow[]): Pick<Path, 'skipped' | 'absent'> {
  const open: Path[][] = [[{ pattern, place: 0, skipped: [], absent: [] }]];
  const seen = new Set<string>();
  for (let cost = 0; cost < open.length; cost += 1) {
    const paths = open[cost] ?? [];
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      const key = `${path.place} ${nameOf(path.pattern)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (path.place === rows.length && isDone(path.pattern)) return path;
      for (const next of nextOf(path, rows)) {
        const at = costOf(next);
        if (at === cost) paths.push(next);
        else open[at] = [...(open[at] ?? []), next];
      }
    }
  }
  throw new Error('This pattern has no end.');
}

function nextOf(path: Path, rows: readonly LogRow[]): readonly Path[] {
  const row = rows[path.place];
  const steps = stepsOf(path.pattern);
  const taken = steps
    .filter((step) => row !== undefined && step.takes(row))
    .map((step) => ({ ...path, pattern: step.next(row ?? null), place: path.place + 1 }));
  const without = steps.flatMap(({ wanted, next }) =>
    wanted === 'any' ? [] : [{ ...path, pattern: next(null), absent: [...path.absent, wanted] }],
  );
  const over =
    row === undefined ? [] : [{ ...path, place: path.place + 1, skipped: [...path.skipped, row] }];
  return [...taken, ...without, ...over];
}

/** Rows in the notation: brackets around those of one commit. */
export function printedRows(rows: readonly LogRow[]): string {
  const commits = new Map<string, LogRow[]>();
  for (const row of rows) {
    const key = `${row.timestamp} ${String(row.metadata.correlation_id)}`;
    commits.set(key, [...(commits.get(key) ?? []), row]);
  }
  return [...commits.values()]
    .map((commit) => commit.map(printedRow).join(' '))
    .map((commit) => (commit.includes(' ') ? `[${commit}]` : commit))
    .join(' → ');
}

/** What tells rows of a type apart, in the order of telling. */
const TELLING = [
  'flow',
  'step',
  'outcome',
  'attempt',
  'input',
  'action',
  'intent',
  'routing',
  'reason',
  'code',
  'severity',
  'purpose',
  'stage',
  'in_reply_to',
  'previous',
  'is_change',
  'after_timeout',
  'unknown_index',
  'clarification_sent',
];

export function printedRow({ event_type: type, metadata }: LogRow): string {
  const said = TELLING.flatMap((key) => {
    const value = metadata[key];
    if (value === undefined || value === null || value === false) return [];
    if (key === 'flow' && type !== 'flow_started') return [];
    return [typeof value === 'string' ? value : `${key}:${JSON.stringify(value)}`];
  });
  return said.length === 0 ? type : `${type}{${said.join(',')}}`;
}
