/* The charts as the API sees them: made of the modules, the kernel's reading of a state, and the profile. */
import { charts } from '../../machines/index.ts';
import type { ChartModule } from '../../machines/kit.ts';
import type { ApiChart, ApiCharts, Instance, Profile } from '../api/charts.ts';
import { isClientEvent, isResumable, type StateMeta } from '../behavior/meta.ts';
import { askingOf } from '../chart/asking.ts';
import { type Chart, type ChartRegistry, delayProblem } from '../chart/registry.ts';
import type { StoredSnapshot } from '../chart/step.ts';
import { nodesOf } from '../chart/walk.ts';
import type { Config } from '../config.ts';
import { diagramOf } from './diagram.ts';

/** The part of an input that the server adds from the organizer's profile. */
const PROFILE = 'organizer';

export function apiChartsOf(registry: ChartRegistry): ApiCharts {
  const views = new Map(registry.all.map((chart) => [chart, viewOf(chart)]));
  const known = (chart: Chart | undefined) => (chart === undefined ? undefined : views.get(chart));
  return {
    all: [...views.values()],
    live: registry.all
      .filter((chart) => registry.live(chart.id) === chart)
      .flatMap((chart) => known(chart) ?? []),
    find: (id, version) => known(registry.find(id, version)),
  };
}

function viewOf({ id, version, root, machine, module }: Chart): ApiChart {
  const { input, events, copy, view, problems = {} } = module;
  const withProfile = PROFILE in input.shape;
  return {
    ...{ id, version },
    flow: 'flow' in root ? root.flow : null,
    input: withProfile ? input.omit({ [PROFILE]: true }) : input,
    inputOf: (given, organizer: Profile) =>
      withProfile ? { ...given, [PROFILE]: organizer } : given,
    payloads: new Map(Object.entries(events.payloads).filter(([name]) => isClientEvent(name))),
    standing: (instance) => {
      const { step, prompt, closing, events: names } = askingOf(machine, snapshotOf(instance));
      const context = contextOf(instance);
      const saidOf = (id: string | null) =>
        id === null ? null : (copy[id]?.(context).text ?? null);
      const asked = prompt === null ? undefined : copy[prompt]?.(context);
      return {
        step,
        events: names,
        view:
          'flow' in root
            ? Object.assign({}, view(context), { closing: saidOf(closing) })
            : view(context),
        prompt: prompt === null || asked === undefined ? null : { id: prompt, ...asked },
      };
    },
    droppedIn: nodesOf(machine.root).flatMap(({ meta, path }) =>
      isLeft(meta) ? [path.join('.')] : [],
    ),
    // At the time at which the guard was asked, so that both say the same of a date.
    problems: (event, instance) =>
      problems[event.type]?.({ ...event, at: instance.steppedAt } as never, contextOf(instance)) ??
      [],
    definition: machine.definition,
    diagram: diagramOf(machine),
  };
}

const isLeft = (meta: StateMeta | undefined): boolean =>
  meta !== undefined && 'ends' in meta && meta.ends === 'drop_off' && isResumable(meta.reason);

const snapshotOf = ({ snapshot }: Instance) => snapshot as StoredSnapshot;

/** Functions of a chart take its own context, of which nobody else knows the type. */
const contextOf = (instance: Instance) => snapshotOf(instance).context as never;

/** Every template id that some chart may text with: a registry of the log. */
export const templatesOf = (modules: readonly ChartModule[]): ReadonlySet<string> =>
  new Set(
    modules.flatMap((module) =>
      Object.keys((module as { readonly templates?: object }).templates ?? {}),
    ),
  );

/** What is wrong with the names in `DELAYS`: told with the other mistakes of the configuration. */
export const delayProblemOfCharts = (delays: Config['delays']): string | undefined =>
  delayProblem(charts, delays);
