/** `npm run boundaries`. */

import { readBoundaries } from './boundaries.ts';

const { modules, violations } = await readBoundaries(process.cwd());
for (const violation of violations) console.error(violation);
console.log(`${modules} modules, ${violations.length} arrows against .dependency-cruiser.cjs.`);
process.exitCode = violations.length === 0 ? 0 : 1;
