/*
 * Every word of the behavior log: the closed lists of the contract as const arrays, and their
 * union types. Charts take their `meta` from here, so that a wrong word is a compile error.
 * Words that grow with the code (state paths, event names, templates, rules) are registries,
 * not vocabulary. A word is never renamed or removed: readers of years of rows depend on it.
 */
export * from './vocabulary/event-types.ts';
export * from './vocabulary/flows.ts';
export * from './vocabulary/invitees.ts';
export * from './vocabulary/organizers.ts';
export * from './vocabulary/system.ts';
