/*
 * The rules that every chart must obey, as functions from a chart to sentences that say what is
 * wrong and where. XState's types catch much of it and not these: an unknown delay key, for one, fires
 * at once at run time.
 */
import type { ChartModule } from '../../machines/kit.ts';
import { isClientEvent } from '../behavior/meta.ts';
import { waitingProblems } from './waiting.ts';
import { type ChartNode, eventNamesOf, nodesOf, transitionsOf } from './walk.ts';

type Rule = (module: ChartModule, actors: ReadonlySet<string>) => readonly string[];

const SEMVER = /^\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const EVENT_NAME = /^[a-z]+(\.[a-z]+(_[a-z]+)*)+$/;
const ALLOWED_ACTIONS = ['xstate.assign', 'xstate.raise', 'xstate.cancel', 'send', 'start'];

/** Every broken rule of a chart; none for a good one. */
export const problemsOf: Rule = (module, actors) =>
  RULES.flatMap((rule) => rule(module, actors)).map(
    (problem) => `${module.machine.id}: ${problem}`,
  );

const head: Rule = ({ machine }) => {
  const meta = machine.root.meta as Record<string, unknown> | undefined;
  return [
    ...(SEMVER.test(String(machine.version)) ? [] : ["version must be like '1.0.0'"]),
    ...(machine.config.options?.maxIterations === undefined
      ? ['options.maxIterations is missing']
      : []),
    ...(meta !== undefined && ('flow' in meta || 'cycle' in meta)
      ? []
      : ['root meta must say { flow } or { cycle }']),
  ];
};

const shape: Rule = ({ machine }) => [
  ...nodesOf(machine.root)
    .filter(({ type }) => type === 'parallel')
    .map((node) => `${node.id} is parallel: two things at once are two instances`),
  ...eventNamesOf(machine)
    .filter((name) => name.includes('*'))
    .map((name) => `'${name}' is a wildcard: name the events`),
];

const labels: Rule = ({ machine }) =>
  transitionsOf(machine).flatMap(({ source, event, meta, targets, actions, reenter }) => {
    const where = `${source.id} on '${event || 'always'}'`;
    if (meta === undefined || !('left' in meta || 'logs' in meta || 'silent' in meta)) {
      return [`${where} must say { left }, { logs } or { silent: 'why' } in its meta`];
    }
    const moves = targets.length > 0 || actions.length > 0 || meta.logs !== undefined;
    const stays = targets.some((target) => target.id === source.id) && !reenter;
    return [
      ...(meta.left !== undefined && !isClientEvent(event)
        ? [`${where} says left, but no client's event takes it`]
        : []),
      ...(moves ? [] : [`${where} has neither target nor actions: it would count as forbidden`]),
      ...(stays ? [`${where} stays: give it reenter: true, so that the wait begins anew`] : []),
    ];
  });

const ends: Rule = ({ machine }) => {
  const cycle = 'cycle' in ((machine.root.meta ?? {}) as object);
  return nodesOf(machine.root)
    .filter((node) => node.type === 'final' && node.parent?.id === machine.root.id)
    .flatMap((node) => {
      const meta = (node.meta ?? {}) as { ends?: string };
      if (meta.ends === undefined)
        return [`${node.id} is final: its meta must say how the run ends`];
      if ((meta.ends === 'quietly') !== cycle)
        return [`${node.id}: a cycle ends 'quietly', a flow never does`];
      return [];
    });
};

const names: Rule = ({ machine }) => {
  const known = machine.implementations;
  const unnamed = transitionsOf(machine).flatMap(({ source, event, guard }) => {
    if (guard === undefined) return [];
    const name = typeof guard === 'string' ? guard : (guard as { type?: string }).type;
    const registered = typeof name === 'string' && Object.hasOwn(known.guards, name);
    return registered ? [] : [`${source.id} on '${event}': its guard has no name in setup`];
  });
  const delays = nodesOf(machine.root).flatMap((node) =>
    Object.keys((node.config as { after?: object }).after ?? {})
      .filter((name) => !Object.hasOwn(known.delays, name))
      .map((name) => `${node.id}: after '${name}' is no named delay and would fire at once`),
  );
  return [...unnamed, ...delays];
};

const actions: Rule = ({ machine }) => {
  const states = nodesOf(machine.root).flatMap((node) =>
    [...node.entry, ...node.exit].map((action) => ({ where: node.id, action })),
  );
  const taken = transitionsOf(machine).flatMap(({ source, event, actions: list }) =>
    list.map((action) => ({ where: `${source.id} on '${event}'`, action })),
  );
  return [...states, ...taken].flatMap(({ where, action }) => {
    const type = typeof action === 'string' ? action : (action as { type?: string }).type;
    return typeof type === 'string' && ALLOWED_ACTIONS.includes(type)
      ? []
      : [`${where} has the action '${type ?? '(inline)'}': only ${ALLOWED_ACTIONS.join(', ')} run`];
  });
};

const invokes: Rule = ({ machine }, actors) =>
  nodesOf(machine.root).flatMap((node) =>
    configuredInvokes(node).flatMap(({ id, src, onDone, onError }) => [
      ...(typeof id === 'string' ? [] : [`${node.id}: give its invoke an explicit id`]),
      ...(onDone === undefined || onError === undefined
        ? [`${node.id}: its invoke needs onDone and onError`]
        : []),
      ...(typeof src === 'string' && actors.has(src)
        ? []
        : [`${node.id}: no actor '${String(src)}' is registered with the engine`]),
    ]),
  );

type Invoke = { id?: unknown; src?: unknown; onDone?: unknown; onError?: unknown };

const configuredInvokes = (node: ChartNode): readonly Invoke[] =>
  [(node.config as { invoke?: Invoke | Invoke[] }).invoke ?? []].flat();

const events: Rule = ({ machine, events: { payloads } }) => {
  const used = eventNamesOf(machine);
  return [
    ...used
      .filter((name) => !Object.hasOwn(payloads, name))
      .map((name) => `'${name}' has no payload in events`),
    ...Object.keys(payloads)
      .filter((name) => !used.includes(name))
      .map((name) => `'${name}' is declared and no transition takes it`),
    ...Object.keys(payloads)
      .filter((name) => !EVENT_NAME.test(name))
      .map((name) => `'${name}' must read like 'organizer.named_crew'`),
  ];
};

const prompts: Rule = ({ machine, copy }) =>
  nodesOf(machine.root).flatMap((node) => {
    const { prompt, says } = (node.meta ?? {}) as { prompt?: string; says?: string };
    return [prompt, says]
      .filter((id) => id !== undefined && !Object.hasOwn(copy, id))
      .map((id) => `${node.id}: no copy for '${id}'`);
  });

const facts: Rule = ({ machine, describe }) => {
  const words = transitionsOf(machine).flatMap(({ meta }) => meta?.logs ?? []);
  const root = (machine.root.meta ?? {}) as { begins?: readonly (typeof words)[number][] };
  return [...new Set([...words, ...(root.begins ?? [])])]
    .filter((word) => describe[word] === undefined)
    .map((word) => `'${word}' is logged and not described`);
};

const json: Rule = ({ machine }) => {
  try {
    JSON.parse(JSON.stringify(machine.definition));
    return [];
  } catch {
    return ['its definition is no JSON'];
  }
};

const RULES: readonly Rule[] = [
  head,
  shape,
  labels,
  ends,
  names,
  actions,
  invokes,
  events,
  prompts,
  facts,
  waitingProblems,
  json,
];
