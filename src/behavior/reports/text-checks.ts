/* Invariants 5, 9 and 11: what is logged of the texts that we send. */
import type { LogRow } from '../row.ts';
import { inOneCommit, isOf, nameOf, ofType } from './logged.ts';

/** Invariant 5. */
export function inviteProblems(rows: readonly LogRow[]): readonly string[] {
  const invites = ofType('invite_sent', rows);
  const texts = ofType('sms_sent', rows).filter(({ metadata }) => metadata.purpose === 'invite');
  return [
    ...invites.flatMap((invite) => {
      const own = texts.filter((text) => text.metadata.message_id === invite.metadata.message_id);
      const [text] = own;
      if (own.length !== 1 || text === undefined)
        return [`${nameOf(invite)} has ${own.length} sms_sent.`];
      return inOneCommit(invite, text) && invite.id < text.id
        ? []
        : [`${nameOf(invite)} is not followed by its sms_sent in one commit.`];
    }),
    ...texts
      .filter(
        (text) =>
          invites.filter((invite) => invite.metadata.message_id === text.metadata.message_id)
            .length !== 1,
      )
      .map((text) => `${nameOf(text)} has no invite_sent of its own.`),
  ];
}

/** Invariant 9. */
export function optOutProblems(rows: readonly LogRow[]): readonly string[] {
  const confirmations = new Map<string, number>();
  return rows.flatMap((row) => {
    const phone = row.invitee_phone;
    if (phone === null) return [];
    if (isOf('sms_received', row)) {
      const { intent } = row.metadata;
      if (intent === 'opt_out' && !confirmations.has(phone)) confirmations.set(phone, 0);
      if (intent === 'opt_in') confirmations.delete(phone);
    }
    const confirmed = confirmations.get(phone);
    if (!isOf('sms_sent', row) || confirmed === undefined) return [];
    const isFirstConfirmation = row.metadata.purpose === 'opt_out_confirm' && confirmed === 0;
    confirmations.set(phone, confirmed + 1);
    return isFirstConfirmation ? [] : [`${nameOf(row)} went to a phone that had opted out.`];
  });
}

/** Invariant 11: `sids` are those of all messages that the carrier took. */
export function carriedProblems(
  rows: readonly LogRow[],
  sids: readonly string[],
): readonly string[] {
  const texts = ofType('sms_sent', rows).length;
  const distinct = new Set(sids).size;
  return [
    texts === sids.length
      ? []
      : [`The log has ${texts} sms_sent, the carrier took ${sids.length} messages.`],
    distinct === sids.length ? [] : [`The carrier's ${sids.length} sids are ${distinct} in truth.`],
  ].flat();
}
