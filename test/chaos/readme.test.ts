import { expect, test } from 'vitest';
import { withResults } from '../../bench/chaos/readme.ts';
import type { Run } from '../../bench/chaos/report.ts';

const EMPTY =
  '# Chaos\n\n<!-- results: written by npm run chaos -->\n\n<!-- end of results -->\n\n## Doubts\n';

const run = (name: string, broken: readonly string[] = []): Run => ({
  ...{ size: 'full', seed: 7 },
  results: [{ name, claim: 'Nothing is lost', seconds: 12, facts: { kills: 3 }, broken }],
});

const headings = (text: string) => text.match(/^##+ .*$/gm);

test('a run writes its own scenarios into the README and leaves those of other runs', () => {
  const first = withResults(EMPTY, run('webhooks'), 'chaos-2026-11-23T1138.json');
  const second = withResults(first, run('kill-servers'), 'chaos-2026-11-23T1200.json');
  const third = withResults(second, run('webhooks', ['One.']), 'chaos-2026-11-23T1300.json');
  expect(headings(third)).toEqual(['### kill-servers: holds', '### webhooks: BROKEN', '## Doubts']);
  expect(third).toContain('Nothing is lost. 2026-11-23 13:00 UTC, --seed 7, 12 s');
  expect(third).toContain('**Broken:** One.');
  expect(third).not.toContain('11:38');
});

test('a README without its markers is not written', () => {
  expect(() => withResults('# Chaos\n', run('webhooks'), 'chaos.json')).toThrow(
    /has lost its markers/,
  );
});
