/* JSON Schemas from the zod schemas that requests are held to, and an example of each. */
import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of what a client sends or gets, in JSON Schema 2020-12 (that of OpenAPI 3.1). */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '0197a3c2-5b1e-7c4d-9f3a-2b6d8e1f4a5c',
  'date-time': '2026-06-05T23:00:00.000Z',
};

/** A value that fits a schema: its own example where it names one. */
export function exampleOf(schema: JsonSchema): unknown {
  const {
    examples,
    const: only,
    enum: words,
    anyOf,
    type,
    format,
  } = schema as {
    examples?: readonly unknown[];
    const?: unknown;
    enum?: readonly unknown[];
    anyOf?: readonly JsonSchema[];
    type?: string | readonly string[];
    format?: string;
  };
  if (examples?.[0] !== undefined) return examples[0];
  if (only !== undefined) return only;
  if (words?.[0] !== undefined) return words[0];
  if (anyOf?.[0] !== undefined) return exampleOf(anyOf[0]);
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return exampleObject(schema);
    case 'array':
      return 'items' in schema ? [exampleOf(schema.items as JsonSchema)] : [];
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1));
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
      return BY_FORMAT[format ?? ''] ?? 'text';
    default:
      return {};
  }
}

function exampleObject({ properties = {}, required = [] }: JsonSchema): unknown {
  const wanted = new Set(required as readonly string[]);
  return Object.fromEntries(
    Object.entries(properties as Record<string, JsonSchema>)
      .filter(([key, schema]) => wanted.has(key) || 'examples' in schema)
      .map(([key, schema]) => [key, exampleOf(schema)]),
  );
}
