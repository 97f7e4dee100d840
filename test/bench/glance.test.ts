import { expect, test } from 'vitest';
import { withGlance } from '../../bench/support/glance.ts';

const BEGIN = '<!-- glance: read off the sections below by npm run bench -->';
const page = (between: string) => `# Benchmarks

${BEGIN}${between}<!-- end of glance -->

### 2. Over HTTP

|  | measured | goal |  |
| --- | --- | --- | --- |
| Events/s | 636 events/s |  |  |
| Share | 0.114 x | ≥ 0.12 x | MISSED |

### 8. Start

| Ready | 0.9 s | ≤ 2 s | met |
`;

const TABLE = `

|  | what | measured | goal |  |
| --- | --- | --- | --- | --- |
| 2 | Share | 0.114 x | ≥ 0.12 x | MISSED |
| 8 | Ready | 0.9 s | ≤ 2 s | met |

`;

test('every finding with a goal stands in the table on top, in place of what stood there', () => {
  expect(withGlance(page('\nold\n'))).toBe(page(TABLE));
  expect(withGlance(page(TABLE))).toBe(page(TABLE));
});

test('a page without the markers is an error that names them', () => {
  expect(() => withGlance('# Benchmarks')).toThrow(BEGIN);
});
