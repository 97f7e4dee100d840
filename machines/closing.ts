/*
 * What flows say when they are over: how many it was about, and why others were left in peace. Knows no
 * flow and no database.
 */

/** "1 person", "3 people". */
export const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

/** How many were left in peace, and why. */
export type LeftOut = {
  readonly optedOut?: number;
  readonly recent?: number;
  readonly unreached?: number;
};

/** "; 1 wants no texts; 2 heard from you a short while ago"; empty where nobody was left out. */
export function leftOutText({ optedOut = 0, recent = 0, unreached = 0 }: LeftOut): string {
  return [
    optedOut === 0 ? '' : `; ${optedOut} ${optedOut === 1 ? 'wants' : 'want'} no texts`,
    recent === 0 ? '' : `; ${recent} heard from you a short while ago`,
    unreached === 0 ? '' : `; ${unreached} could not be reached`,
  ].join('');
}

/** "2 people get an invite; 1 wants no texts." */
export function getText(count: number, what: string, leftOut: LeftOut): string {
  const who = count === 0 ? 'Nobody' : people(count);
  return `${who} ${count > 1 ? 'get' : 'gets'} ${what}${leftOutText(leftOut)}.`;
}
