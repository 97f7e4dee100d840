/* What a phone line leaves in the log and in the read models. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { type ErrorCode, errorFact } from '../src/behavior/registries.ts';
import type { Intent } from '../src/behavior/vocabulary.ts';
import { counting } from './counting.ts';
import type { ActorError, Fact, ModelRow, Subject } from './kit.ts';
import type { Context, Route } from './phone-line.model.ts';
import { heardFact, receivedFact, type Texted } from './replies.ts';

type Of = Fact<Context>;

/** The message: that of the event, or the one that was being routed. */
const textedOf = ({ before, event }: Of): Texted =>
  event.type === 'phone.texted' ? (event as unknown as Texted) : (before.texted as Texted);

const routeOf = ({ event }: Of): Route =>
  (event.output as Route | undefined) ?? { route: 'unmatched' };

/** Whether the carrier, the phone or its words make it one of the three words of the trade. */
export function wordOf(texted: Texted): 'opt_out' | 'opt_in' | 'help' | null {
  const { neutral, optOutType, bareYes } = texted;
  if (optOutType === 'STOP') return 'opt_out';
  // Where `yes` is an opt-in word of the carrier, it is still the answer to an invite.
  if (optOutType === 'START' && !bareYes) return 'opt_in';
  if (optOutType === 'HELP') return 'help';
  const { kind } = neutral;
  return kind === 'opt_out' || kind === 'opt_in' || kind === 'help' ? kind : null;
}

function intentOf(fact: Of): Intent {
  const texted = textedOf(fact);
  if (fact.event.type !== 'phone.texted' && routeOf(fact).route === 'opted_in') return 'opt_in';
  return wordOf(texted) ?? texted.neutral.kind;
}

const candidatesOf = (route: Route): number => (route.route === 'ambiguous' ? route.candidates : 0);

export const describe = {
  sms_received: (fact: Of): DescribedMetadata<'sms_received'> => {
    const route = routeOf(fact);
    return receivedFact({
      ...textedOf(fact),
      intent: intentOf(fact),
      routing: route.route === 'ambiguous' ? 'ambiguous' : 'unmatched',
      candidates: candidatesOf(route),
    });
  },
  invitee_reply_unknown: (fact: Of): DescribedMetadata<'invitee_reply_unknown'> => {
    const texted = textedOf(fact);
    const route = routeOf(fact);
    return {
      cycle_id: null,
      target: 'none',
      ...heardFact({ ...texted, rule: texted.neutral.rule }, 'unprompted'),
      reason: route.route === 'ambiguous' ? 'ambiguous' : 'no_active_invite',
      unknown_index: fact.after.unknowns,
      clarification_sent: route.route === 'ambiguous' && route.mayAnswer,
      candidates: candidatesOf(route),
      has_media: texted.media > 0,
      length_band: texted.lengthBand,
      ms_since_invite: null,
    };
  },
  state_snapshot: counting<Context>(({ unknowns }) => ({ unknown: unknowns })),
  error: ({ event, after }: Of): DescribedMetadata<'error'> => ({
    ...errorFact((event.error as ActorError).code as ErrorCode, true),
    attempt: after.tries,
  }),
};

export const view = ({ optedOut }: Context) => ({ optedOut });

export const subject = ({ phone }: Context): Subject => ({ phone });

/** The phone itself, once it has told us something about itself. */
export const rows = ({ phone, optedOut, optedAt }: Context): readonly ModelRow[] =>
  phone === null || optedAt === null
    ? []
    : [{ table: 'phones', row: { phone, optedOut, updatedAt: optedAt } }];
