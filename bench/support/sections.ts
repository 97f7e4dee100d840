/* The sections of a README that a command writes, between two markers of its own: it puts its new ones in place of the old. */

export type Written = {
  /** The lines around the sections. */
  readonly begin: string;
  readonly end: string;
  /** What a section is known by: the first group, found in its heading. */
  readonly heading: RegExp;
  /** All that there may be, in their order. */
  readonly order: readonly string[];
};

/** The text with these sections, by what they are known by; the others stay as they were. Throws where a marker is missing. */
export function withSections(
  text: string,
  { begin, end, heading, order }: Written,
  sections: ReadonlyMap<string, string>,
): string {
  const [head, rest] = text.split(begin);
  const [old, tail] = rest?.split(end) ?? [];
  if (head === undefined || old === undefined || tail === undefined) {
    throw new Error(`The README has lost its markers: put ${begin} and ${end} back.`);
  }
  const all = new Map(
    old.split(/^(?=### )/m).flatMap((section) => {
      const name = heading.exec(section)?.[1];
      return name === undefined ? [] : [[name, section.trim()] as const];
    }),
  );
  for (const [name, section] of sections) all.set(name, section);
  const inOrder = order.flatMap((name) => all.get(name) ?? []);
  return [head, begin, '\n\n', inOrder.join('\n\n'), '\n\n', end, tail].join('');
}
