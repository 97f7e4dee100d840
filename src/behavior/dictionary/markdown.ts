/* The dictionary as a page for people: docs/behavior-log.md. */
import type { Dictionary, DictionaryType } from './dictionary.ts';
import type { DictionaryField } from './fields.ts';

const COLUMNS = `| column | what it is |
|---|---|
| \`id\` | uuid of version 7, sorts by time. The same step gives the same id, so that a row is written once. |
| \`event_type\` | One of the types below. |
| \`timestamp\` | When it happened, UTC. Rows of one commit share it; their order is that of their ids. |
| \`organizer_id\` | Who acts; on other rows, whose event or sync-up it is. |
| \`invitee_phone\` | E.164. The only place of a row that may hold a phone number. |
| \`event_id\`, \`crew_id\`, \`syncup_id\` | What it is about. |
| \`session_id\` | The organizer's session, or the one that caused it. |
| \`platform\` | \`web\`, \`ios_app\`, \`sms\` or \`system\`. |
| \`version\` | The client's build on \`web\` and \`ios_app\`, ours elsewhere; \`unknown\` where a client did not say. |
| \`metadata\` | A JSON object, strict for each type: the fields below and no others. No names, titles, texts or numbers of people. |`;

const REGISTRIES: Readonly<Record<string, string>> = {
  statePaths: 'states of charts, as paths',
  eventNames: 'events of charts',
  templates: 'outbound texts, by name',
  errorCodes: 'the codes of `error`, below',
  parserRules: 'the rules that read replies',
  machines: 'charts',
};

const GROUPS = { organizer: 'Organizers', invitee: 'Invitees', system: 'The system' } as const;

/** The whole page; ends with a line end. */
export function markdownOf(dictionary: Dictionary): string {
  const { types, reserved, schemaVersion, errorCodes } = dictionary;
  return `${[
    '# The behavior log',
    `Every row of \`behavior_logs\` is one of ${types.length} types. This page and \`docs/behavior-log.json\` are written by \`npm run dictionary\` from the catalogue that each row is checked against (schema version ${schemaVersion}). How rows come to be, and when: [architecture.md](architecture.md).`,
    '## Columns',
    COLUMNS,
    '## Which ids a type has',
    'R: always there. O: where it is known. –: always null. X: exactly one of the two.',
    matrixOf(dictionary),
    '## On every row',
    'These keys stand in the metadata of every type.',
    fieldsTable(reserved),
    '## Words that grow with the code',
    `A \`member\` is one of a list that is read off the charts and the parser. The lists are in \`docs/behavior-log.json\`, under \`registries\`: ${registriesOf(dictionary)}.`,
    ...(['organizer', 'invitee', 'system'] as const).flatMap((group) => [
      `## ${GROUPS[group]}`,
      ...types.filter((one) => one.group === group).map(typeSection),
    ]),
    '## Error codes',
    table(
      ['code', 'component', 'severity'],
      errorCodes.map(({ code, component, severity }) => [`\`${code}\``, component, severity]),
    ),
    'A flow that ends by an error logs it as `fatal`, whatever its code.',
  ].join('\n\n')}\n`;
}

const registriesOf = ({ registries }: Dictionary): string =>
  Object.keys(registries)
    .map((name) => `\`${name}\` (${REGISTRIES[name] ?? name})`)
    .join(', ');

function matrixOf({ idColumns, types }: Dictionary): string {
  const rows = types.map(({ type, columns, platforms }) => [
    `[\`${type}\`](#${type})`,
    ...idColumns.map((column) => columns[column].replace('-', '–')),
    platforms.join(', '),
  ]);
  return table(['type', ...idColumns, 'platform'], rows);
}

function typeSection({ type, meaning, fields, rules, example }: DictionaryType): string {
  return [
    `### ${type}`,
    meaning,
    fieldsTable(fields),
    ...(rules.length === 0 ? [] : [`Always: ${rules.join('; ')}.`]),
    ['```json', JSON.stringify(example, null, 2), '```'].join('\n'),
  ].join('\n\n');
}

const fieldsTable = (fields: readonly DictionaryField[]): string =>
  table(
    ['field', 'is', 'filled by', 'what it says'],
    fields.map((field) => [
      `\`${field.name}\`${field.required ? '' : '?'}`,
      shapeOf(field),
      field.filledBy,
      field.meaning,
    ]),
  );

/** What a value may be, in a line: `integer ≥ 0, ms`, or its words. */
export function shapeOf(field: DictionaryField): string {
  const { kind, values = [], registry, min, max, unit, list, nullable } = field;
  const words = values.map((value) => `\`${value}\``).join(' ');
  const shape =
    kind === 'word' || (kind === 'boolean' && words !== '')
      ? words
      : kind === 'counts'
        ? `integers ≥ 0 by name: ${words}`
        : kind === 'member'
          ? `member of \`${registry}\``
          : kind;
  const parts = [`${list ? 'list of ' : ''}${shape}${boundsOf(kind, { min, max })}`, unit];
  return `${parts.filter(Boolean).join(', ')}${nullable ? ', or null' : ''}`;
}

/** Caps of a million and more only keep numbers narrower than a phone number: of no interest here. */
const OF_INTEREST = 10_000;

function boundsOf(
  kind: DictionaryField['kind'],
  { min, max }: { readonly min: number | undefined; readonly max: number | undefined },
): string {
  const above = kind === 'number' && max === 1 ? ' > 0' : ` ≥ ${min}`;
  const low = min === undefined || min < -OF_INTEREST ? '' : above;
  if (max === undefined || max > OF_INTEREST) return low;
  return kind === 'number' ? `${low} ≤ ${max}` : ` ${min} to ${max}`;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
