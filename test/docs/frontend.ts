/* The README's chat frontend: compiled, and played by a test. What stands between the marks is printed there. */
import { readFile } from 'node:fs/promises';
import { createClient } from '../../src/client/index.ts';

export type Frontend = {
  readonly url: string;
  readonly jwt: string;
  readonly show: (shown: unknown) => void;
  readonly signal: AbortSignal;
};

export async function playFrontend({ url, jwt, show, signal }: Frontend): Promise<void> {
  // begin
  const funlet = createClient({ url, token: () => jwt, id: () => crypto.randomUUID(), signal });
  const begun = await funlet.begin('crew-creation', { entry: 'chat' });
  if (!begun.ok) return show(begun.detail);
  show(begun.value.prompt); // { id: 'ask_name', text: 'What do you call this crew?', … }
  const event = { type: 'organizer.named_crew', name: 'Night Owls' } as const;
  const named = await funlet.send(begun.value, event);
  if (named.ok) show(named.value.prompt);
  else if (named.code === 'invalid_input') show(named.problems); // [{ path: 'name', code: 'empty' }]
  for await (const change of funlet.follow(signal)) show(change); // flows and tallies, as they move
  // end
}

const IMPORT = "import { createClient } from './src/client/index.ts';\n";

/** The lines between the marks, as they stand in the README. */
export async function frontendLines(): Promise<string> {
  const text = await readFile(new URL(import.meta.url), 'utf8');
  const [, lines = ''] = /\n {2}\/\/ begin\n(.*?)\n {2}\/\/ end\n/s.exec(text) ?? [];
  return IMPORT + lines.replace(/^ {2}/gm, '');
}
