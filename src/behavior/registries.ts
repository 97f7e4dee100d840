import type { Component, Severity } from './vocabulary.ts';

/*
 * Strings that grow with the code: state paths, event names, templates, parser rules. They are
 * no vocabulary, yet no open strings either: the composition root collects them from the charts
 * and hands them to the catalogue, which refuses any other. Error codes are closed here.
 */

/** What the code knows at start-up; the catalogue reads each set once, when it is made. */
export type Registries = {
  /** Paths of states within their chart, without the machine id: `asking.people`. */
  readonly statePaths: ReadonlySet<string>;
  /** Names of events that come from outside: `organizer.named_crew`. */
  readonly eventNames: ReadonlySet<string>;
  readonly templates: ReadonlySet<string>;
  readonly errorCodes: ReadonlySet<string>;
  readonly parserRules: ReadonlySet<string>;
  readonly machines: ReadonlySet<string>;
  /** All versions: of charts, copy, parser and backend. Without it only their form is checked. */
  readonly versions?: ReadonlySet<string>;
};

export type ErrorDefaults = { readonly component: Component; readonly severity: Severity };

const of = (component: Component, severity: Severity = 'error'): ErrorDefaults => ({
  component,
  severity,
});

/** Every code that an `error` row may bear, with the component and severity it has by default. */
export const ERROR_CODES = {
  'auth.keys_unavailable': of('auth'),
  'auth.rejected': of('auth', 'warning'),
  'clock.backwards': of('scheduler', 'warning'),
  'db.constraint': of('db'),
  'db.save_failed': of('db'),
  'db.timeout': of('db'),
  'db.unavailable': of('db'),
  'db.unknown_outcome': of('db'),
  'export.failed': of('export'),
  'flow.exception': of('flow'),
  'flow.parked': of('scheduler', 'fatal'),
  'flow.unknown_version': of('flow', 'fatal'),
  'http.exception': of('http'),
  'http.timeout': of('http'),
  'logging.describe_failed': of('logging'),
  'logging.insert_refused': of('logging'),
  'logging.inspector_failed': of('logging'),
  'logging.schema_violation': of('logging'),
  'logging.unavailable': of('logging'),
  'mcp.exception': of('mcp'),
  'push.rejected': of('push'),
  'push.transient': of('push', 'warning'),
  'scheduler.job_failed': of('scheduler'),
  'scheduler.job_lapsed': of('scheduler', 'warning'),
  'sms.bad_credentials': of('sms_out', 'fatal'),
  'sms.failed': of('sms_out'),
  'sms.handler_failed': of('sms_in'),
  'sms.malformed_webhook': of('sms_in', 'warning'),
  'sms.misconfigured': of('sms_out'),
  'sms.own_number': of('sms_in', 'warning'),
  'sms.rate_limited': of('sms_out', 'warning'),
  'sms.rejected': of('sms_out'),
  'sms.sid_conflict': of('sms_in', 'warning'),
  'sms.status_conflict': of('sms_out', 'warning'),
  'sms.status_mismatch': of('sms_out', 'warning'),
  'sms.transient': of('sms_out', 'warning'),
  'sms.undelivered': of('sms_out'),
  'sms.unknown_outcome': of('sms_out', 'warning'),
  'sms.withheld': of('sms_out', 'warning'),
} as const satisfies Record<string, ErrorDefaults>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The registry of error codes, for `Registries.errorCodes`. */
export const errorCodes = (): ReadonlySet<string> => new Set(Object.keys(ERROR_CODES));

/** The described part of an `error` row whose component and severity are those of its code. */
export const errorFact = <C extends ErrorCode>(code: C, handled: boolean) => ({
  code,
  ...ERROR_CODES[code],
  handled,
});
