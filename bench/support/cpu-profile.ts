/* A .cpuprofile as V8 writes it, summed up: self time by function and by part of the house. */
import { readFile } from 'node:fs/promises';

type Profile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  /** Microseconds of the monotonic clock, which is also `process.hrtime`'s. */
  readonly startTime: number;
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
};

export type Cost = {
  readonly name: string;
  /** Self time as a share of all time that was not idle. */
  readonly share: number;
};

export type Summary = {
  readonly functions: readonly Cost[];
  readonly parts: readonly Cost[];
  readonly busyMs: number;
};

/** Between two instants of `process.hrtime` in microseconds: what came before is start-up. */
export type Span = { readonly from: number; readonly to: number };

export async function summaryOf(path: string, span: Span): Promise<Summary> {
  const { nodes, samples, timeDeltas, startTime } = JSON.parse(
    await readFile(path, 'utf8'),
  ) as Profile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>();
  const parts = new Map<string, number>();
  let busy = 0;
  let at = startTime;
  for (const [n, id] of samples.entries()) {
    const frame = frames.get(id);
    const micros = timeDeltas[n] ?? 0;
    at += micros;
    if (frame === undefined || frame.functionName === '(idle)') continue;
    if (at < span.from || at > span.to) continue;
    busy += micros;
    const part = partOf(frame);
    add(parts, part, micros);
    add(functions, `${nameOf(frame)} · ${placeOf(frame.url) || part}`, micros);
  }
  return {
    functions: costsOf(functions, busy),
    parts: costsOf(parts, busy),
    busyMs: busy / 1_000,
  };
}

type Frame = Profile['nodes'][number]['callFrame'];

const nameOf = ({ functionName, url, lineNumber }: Frame): string =>
  functionName === '' && url !== '' ? `(anonymous, line ${lineNumber + 1})` : functionName;

/** From the project's root, or from the package's name. */
const placeOf = (url: string): string =>
  url.replace(/^.*\/node_modules\//, '').replace(/^file:\/\/.*?\/(src|machines|bench)\//, '$1/');

/** `src/engine`, `xstate`, `node:…`, or what V8 calls it (garbage collector, program). */
function partOf({ url, functionName }: Frame): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'V8 and native';
  const [, dependency] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (dependency !== undefined) return dependency;
  if (url.startsWith('node:')) return url.replace(/^(node:(?:internal\/)?[^/]+).*$/, '$1');
  const [, own] = /\/((?:src\/[\w-]+|machines|bench))\//.exec(url) ?? [];
  return own ?? 'other';
}

function add(sums: Map<string, number>, key: string, micros: number): void {
  sums.set(key, (sums.get(key) ?? 0) + micros);
}

const costsOf = (sums: ReadonlyMap<string, number>, all: number): readonly Cost[] =>
  [...sums]
    .map(([name, micros]) => ({ name, share: micros / all }))
    .sort((a, b) => b.share - a.share);
