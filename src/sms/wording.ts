/*
 * What a text says in the end: with the letter of its question where its phone has another one when it is
 * sent, which nobody knows when it is written. A first invite says it only beside another open question;
 * what comes later also beside one whose answer may be amended, as "plans changed?" is about those.
 */
import type { SendTextInput } from '../../machines/text.model.ts';
import { createBatch } from '../engine/index.ts';
import type { Sql } from '../store/orm.ts';
import { type Asking, haveOthers } from '../store/prompts.ts';
import { AMEND_MS, LATE_MS } from './choosing.ts';

/** The words to send; rejects where the questions of the phone cannot be read. */
export type Wording = (
  text: Pick<SendTextInput, 'phone' | 'purpose' | 'body' | 'lettered'>,
) => Promise<string>;

/** One question for all texts that go out at the same time. */
export function wordingOf(deps: { readonly sql: Sql; readonly now: () => number }): Wording {
  const hasAnother = createBatch<Asking, boolean>({
    run: (asking) => {
      const at = deps.now();
      return haveOthers(deps.sql, asking, { amendable: at - AMEND_MS, late: at - LATE_MS });
    },
    ...{ maxItems: 64, maxRuns: 2, separable: () => false },
  });
  return async ({ phone, purpose, body, lettered }) => {
    if (!lettered) return body;
    const asking = { phone, promptId: lettered.promptId, onlyOpen: purpose === 'invite' };
    return (await hasAnother(asking)) ? lettered.body : body;
  };
}
