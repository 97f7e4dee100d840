/*
 * What invitations take back of their texts that have not gone out, once these would say what is no longer
 * so. Shared by both kinds of invitations; what a text does about it is its own affair.
 */
import type { Send } from './kit.ts';

type Asking = {
  readonly owner: string;
  readonly promptTextId: string;
  readonly late?: readonly string[] | undefined;
  readonly again?: string | null | undefined;
};
type Reason = 'over' | 'answered';

/** Of an invitation whose invite was taken back before it went out. */
export const UNINVITED = { delivery: 'failed', question: 'closed' } as const;

const withdrawn = (owner: string, ids: readonly string[], reason: Reason): readonly Send[] =>
  ids.map((to) => ({ to, owner, event: { type: 'text.withdrawn', reason } }));

/** Texts of earlier questions that may be on their way still. */
const lateOf = ({ late = [], again = null }: Asking): readonly string[] =>
  again === null ? late : [...late, again];

/** Nothing is asked any more. */
export const takesBack = ({ context }: { context: Asking }): readonly Send[] =>
  withdrawn(context.owner, lateOf(context), 'over');

/** The same, also of the text whose fate is awaited. */
export const takesAllBack = ({ context }: { context: Asking }): readonly Send[] =>
  withdrawn(context.owner, [context.promptTextId, ...lateOf(context)], 'over');

/** Whoever has answered is not reminded; news they still hear. */
export const takesRemindersBack = ({ context }: { context: Asking }): readonly Send[] =>
  withdrawn(context.owner, lateOf(context), 'answered');
