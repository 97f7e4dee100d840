/*
 * What a phone line says on its own behalf, where no invitation speaks. It knows no organizer and no
 * event, so it names neither.
 */

/** Raised with any wording. */
export const COPY_VERSION = '1.0.0';

/** A phone line asks nothing of a client. */
export const copy = {};

/** The bodies by template id; the ids are a registry of the log. */
export const templates = {
  'phone-line.opted_out':
    'Funlet: you are opted out and get no more texts from us. Reply START to get them again.',
  'phone-line.help':
    'Funlet: invites from people you know. Answer them YES or NO; ask whoever invited you for more. Reply STOP to opt out.',
  'phone-line.ambiguous':
    'Funlet: more than one invite is open for you, so we cannot tell which one you mean. Please tell the one who invited you.',
  'phone-line.ask_again':
    'Funlet: you get our texts again. To answer an invite, please reply YES or NO once more.',
} as const;
export type Template = keyof typeof templates;
