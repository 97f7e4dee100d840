/*
 * The log names the version of the rules that read a message. Here each version is kept with a digest of
 * those rules, so that none of them changes under a version that readings were logged with.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { PARSER_VERSION } from '../../../src/sms/understanding/index.ts';
import known from './versions.json' with { type: 'json' };

const ROOT = new URL('../../../', import.meta.url);
const RULES = 'src/sms/understanding/';
/** What judges readings, and reads nothing. */
const JUDGES: readonly string[] = ['score.ts', 'score-table.ts', 'index.ts'];
/** What reads beside them: the letters, what is cleaned before, and what a text is read against. */
const BESIDE = ['machines/letters.ts', 'src/sms/webhook/clean-text.ts', 'src/sms/prompts.ts'];

/** The words of a source without comments, spaces and the version itself: what it does, not how it looks. */
function wordsOf(source: string): string {
  const file = ts.createSourceFile('rules.ts', source, ts.ScriptTarget.Latest, true);
  const leaves = (node: ts.Node): readonly string[] => {
    if (ts.isJSDoc(node)) return [];
    const children = node.getChildren(file);
    return children.length === 0 ? [node.getText(file)] : children.flatMap(leaves);
  };
  return leaves(file).join(' ').replace(`'${PARSER_VERSION}'`, '');
}

async function digest(): Promise<string> {
  const own = (await readdir(new URL(RULES, ROOT), { recursive: true }))
    .filter((name) => name.endsWith('.ts') && !JUDGES.includes(name))
    .map((name) => RULES + name);
  const hash = createHash('sha256');
  for (const path of [...own, ...BESIDE].sort())
    hash.update(`${path}\n${wordsOf(await readFile(new URL(path, ROOT), 'utf8'))}\n`);
  return hash.digest('hex').slice(0, 16);
}

test('the rules of a version are those that it had when readings were logged with it', async () => {
  const rules = await digest();
  const versions: Readonly<Record<string, string>> = known;
  const what = `The rules have changed. Raise PARSER_VERSION and add its line to versions.json, with ${rules}.`;
  expect(versions[PARSER_VERSION], what).toBe(rules);
});

test('no two versions have the same rules', () => {
  expect(new Set(Object.values(known)).size).toBe(Object.keys(known).length);
});

test('a comment or a line end is no rule, and a word is', () => {
  const rule = "const YES = ['yes', 'yep'];";
  expect(wordsOf(`// Said often.\n${rule.replace(' = ', '\n  = ')}`)).toBe(wordsOf(rule));
  expect(wordsOf(rule.replace('yep', 'yup'))).not.toBe(wordsOf(rule));
  const pattern = 'const LINK = /a\\/\\/b/u;';
  expect(wordsOf(pattern.replace('b', 'c'))).not.toBe(wordsOf(pattern));
});
